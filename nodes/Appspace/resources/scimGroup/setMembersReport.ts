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
		listedOrNone((members as IDataObject[]).map(({ name }) => String(name)));
	return {
		...{ displayName, added, removed, unchanged },
		addedMembers: names(report.addedMembers),
		removedMembers: names(report.removedMembers),
		notFound: listedOrNone(report.notFound as string[]),
		...{ nestedGroups, id },
	};
}

function listed(members: Member[]): IDataObject[] {
	return members.map(({ id, name }) => ({ id, name }));
}

/** n8n shows empty text in red, as if something were wrong. */
function listedOrNone(names: string[]): string {
	return names.join(', ') || 'none';
}
