import type { IDataObject } from 'n8n-workflow';
import type { Member, MemberPlan } from '../../scim/memberPlan';
import type { AnyRecord } from '../../transport/page';
import { attribute } from '../../transport/scim/attributes';

/** What happens to the members of a group: the numbers, then the members. */
export function reportOf(group: IDataObject, plan: MemberPlan, notFound: string[]): IDataObject {
	const { added, removed, unchanged, nested } = plan;
	return {
		id: attribute(group, 'id'),
		displayName: attribute(group, 'displayName'),
		...{ added: added.length, removed: removed.length, unchanged: unchanged.length },
		nestedGroups: nested.length,
		notFound,
		...{ addedMembers: listed(added), removedMembers: listed(removed) },
		unchangedMembers: listed(unchanged),
	};
}

/** The same with names in place of lists, which leaves a table one line for each group. */
export function simplifyReport(report: AnyRecord): IDataObject {
	const { id, displayName, added, removed, unchanged, nestedGroups } = report;
	const names = (members: unknown) =>
		(members as IDataObject[]).map(({ name }) => String(name)).join(', ');
	return {
		...{ displayName, added, removed, unchanged },
		addedMembers: names(report.addedMembers),
		removedMembers: names(report.removedMembers),
		notFound: (report.notFound as string[]).join(', '),
		...{ nestedGroups, id },
	};
}

function listed(members: Member[]): IDataObject[] {
	return members.map(({ id, name }) => ({ id, name }));
}
