import { startSandbox, type Sandbox, type Settings } from '../../../sandbox/server.mts';
import { moveBookingsAway } from '../../support/bookingsAway.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { eventNames, PublishedTrigger } from '../../support/triggerEngine.mts';
import { parametersFor } from './changes.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ seed: 7, users: 30 });
	moveBookingsAway(sandbox);
});
afterEach(async () => await sandbox.close());

/** The records of the tenant; bookings keep their times, which the sandbox calculates with. */
function records(): Array<Record<string, unknown>> {
	const { users, devices, channels, visitors, posts } = sandbox.tenant;
	return [users, devices, channels, visitors, posts].flat() as never;
}

function rewrite(change: (value: unknown) => unknown): void {
	for (const record of records()) {
		for (const [name, value] of Object.entries(record)) {
			if (name !== 'id') record[name] = change(value);
		}
	}
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTime = (value: unknown) => isText(value) && /^\d{4}-\d\d-\d\dT/.test(value);
const set = (settings: Partial<Settings>) => () => sandbox.set(settings);

/** The same records in forms that Appspace is known to use, or may use (appspace-api.md 3.2). */
const FORMS: Record<string, () => void> = {
	'times without fractions': set({ fractions: 'never' }),
	'times with fractions': set({ fractions: 'always' }),
	'empty fields as null': set({ emptyFields: 'null' }),
	'modes of channels as numbers, limits as text': set({
		channelModes: 'number',
		limitEcho: 'text',
	}),
	'small pages, and totals that are wrong': set({ limitCap: 7, size: 'wrong' }),
	'times without Z': () =>
		rewrite((value) => (isTime(value) ? String(value).replace(/Z$/, '') : value)),
	'numbers and yes or no as text': () =>
		rewrite((value) => (/number|boolean/.test(typeof value) ? String(value) : value)),
	'IDs in capital letters': () =>
		rewrite((value) => (isText(value) && /^[\da-f]{8}-/.test(value) ? value.toUpperCase() : value)),
	'empty lists and records in place of nothing': () =>
		rewrite((value) => (Array.isArray(value) && value.length === 0 ? null : value)),
	'another order of the list': () => {
		const { users, devices, channels, visitors, posts, events } = sandbox.tenant;
		for (const list of [users, devices, channels, visitors, posts, events]) list.reverse();
	},
};

describe.each(Object.keys(FORMS))('%s', (form) => {
	test.each(eventNames())('do not make %s', async (event) => {
		const published = new PublishedTrigger({
			credentials: sandboxCredential(sandbox),
			parameters: parametersFor(event, sandbox),
			isPatient: false,
		});
		await published.publish();
		await published.tick();
		FORMS[form]?.();
		for (let poll = 0; poll < 3; poll++) await published.tick();
		expect(published.items).toEqual([]);
	});
});
