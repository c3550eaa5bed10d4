import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { makeDepartmentGroup } from '../../support/departmentGroup.mts';
import { directoryOf, makeHrList } from '../../support/hrList.mts';
import type { Context } from './context.mts';
import { checkPartsOfList } from './partsOfList.mts';

const FIELDS = {
	userName: '={{ $json.email }}',
	additionalFields: { department: '={{ $json.department }}' },
};

/** The operations that take the directory you want: Synchronize for users, Set Members for groups. */
export async function checkSynchronize(context: Context): Promise<void> {
	const { report } = context;
	report.section('Synchronize and Set Members');
	const tenant = await context.startTenant({ groupSync: true });
	const scim = await context.createScimCredential('Synchronize', tenant);
	const { rows, wanted, changes } = makeHrList(tenant);
	const run = async (parameters: IDataObject, items?: IDataObject[]) =>
		await context.runAppspace(parameters, scim, items);
	const synchronize = async (more: IDataObject, items: IDataObject[] = rows) =>
		await run({ resource: 'scimUser', operation: 'synchronize', ...FIELDS, ...more }, items);
	const writes = () => tenant.requests.filter(({ method }) => method !== 'GET').length;
	const before = directoryOf(tenant);

	let preview: INodeExecutionData[] = [];
	await report.check('Preview names every change and writes nothing', async () => {
		preview = await synchronize({ scope: 'all', options: { addSummary: true } });
		deepEqual(changesIn(preview), changes);
		equal(writes(), 0);
		deepEqual(directoryOf(tenant), before);
	});
	await report.check(
		'an item is paired with its row, a deactivation and the summary with all',
		() => {
			const all = rows.map((_, item) => ({ item }));
			const own = rows.map((_, item) => ({ item }));
			deepEqual(
				preview.map(({ pairedItem }) => pairedItem),
				[...own, all, all],
			);
		},
	);
	await report.check('Apply does what Preview said, and a second time nothing', async () => {
		const applied = await synchronize({ mode: 'apply', scope: 'all' });
		deepEqual(changesIn(applied), changes);
		deepEqual(directoryOf(tenant), wanted);
		equal(writes(), changes.length);
		deepEqual(changesIn(await synchronize({ mode: 'apply', scope: 'all' })), []);
		equal(writes(), changes.length);
	});
	await report.check('over Most Deactivations, nothing at all is written', async () => {
		const stub = synchronize({ mode: 'apply', scope: 'all' }, [
			{ email: 'other@example.com', department: 'New' },
		]);
		await rejects(stub, /would deactivate \d+ of \d+ users, and "Most Deactivations" allows \d/);
		equal(writes(), changes.length);
	});
	await checkPartsOfList(context, scim, rows);
	equal(writes(), changes.length);
	await report.check(
		'Set Members previews, sets the members, and then finds none to set',
		async () => {
			const { id, wanted: members } = makeDepartmentGroup(tenant);
			const set = async (mode: string) => {
				const [item] = await run({
					...{ resource: 'scimGroup', operation: 'setMembers', mode, identifyBy: 'id' },
					scimGroupId: { __rl: true, mode: 'id', value: id },
					members: members.join(', '),
				});
				const { added, removed, unchanged } = item!.json;
				return [added, removed, unchanged];
			};
			const present = () =>
				tenant.tenant.scimGroups
					.find((group) => group.id === id)
					?.members?.map(({ value }) => value);
			const old = present();
			deepEqual(await set('preview'), [1, 1, 3]);
			deepEqual(present(), old);
			deepEqual(await set('apply'), [1, 1, 3]);
			deepEqual(new Set(present()), new Set(members));
			deepEqual(await set('apply'), [0, 0, 4]);
		},
	);
	await report.check('an empty list of members is refused', async () => {
		const [group] = tenant.tenant.scimGroups;
		const empty = run({
			...{ resource: 'scimGroup', operation: 'setMembers', mode: 'apply' },
			scimGroupId: { __rl: true, mode: 'id', value: group?.id },
			members: '={{ [] }}',
		});
		await rejects(empty, ({ message }: Error) => {
			match(message, /"Members" is empty/);
			return true;
		});
	});
}

/** Who changes, and how, in the order of the output. */
function changesIn(items: INodeExecutionData[]): unknown[] {
	return items
		.filter(({ json }) => !['unchanged', 'summary'].includes(String(json.outcome)))
		.map(({ json }) => [json.userName, json.outcome]);
}
