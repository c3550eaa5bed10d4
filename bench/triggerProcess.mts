/** The process in which `bench/trigger.mts` measures one trigger. The task comes and the result goes as JSON. */
import { json } from 'node:stream/consumers';
import { measure, type Access } from './trigger.mts';

const { event, users, access } = (await json(process.stdin)) as {
	event: string;
	users: number;
	access: Access;
};
const collectGarbage = global.gc ?? (() => undefined);
const cost = await measure(event, users, access, () => void collectGarbage());
// What a poll logs must not get in between.
process.stdout.write(JSON.stringify(cost), () => process.exit(0));
