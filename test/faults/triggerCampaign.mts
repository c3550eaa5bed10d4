import { Random } from '../../sandbox/data/random.mts';
import { startSandbox } from '../../sandbox/server.mts';
import { changes, parametersFor } from '../engine/trigger/changes.mts';
import { moveBookingsAway } from '../support/bookingsAway.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import { eventNames, PublishedTrigger } from '../support/triggerEngine.mts';
import { FAULTS } from './plan.mts';
import { unclear, type ShownError } from './unclear.mts';

export interface TriggerCampaign {
	/** The same seed draws the same faults. */
	seed: number;
	/** How many times each event happens, each time in another tenant. */
	lives: number;
	/** How many tenants are in use at the same time. */
	lanes: number;
}

export interface TriggerTally {
	lives: number;
	polls: number;
	/** Polls that failed and said so. */
	reported: number;
	lost: number;
	invented: number;
	doubled: number;
	unclear: number;
	/** Requests that arrived after their poll had ended. */
	late: number;
	/** Lives of each event. */
	events: Record<string, number>;
	/** The first few violations of a promise. */
	findings: string[];
}

const NOT_FOR_TOKEN = /^(?!.*authorization\/token)/;
/** How many polls meet faults: before and after the event. */
const FAULTY_POLLS = 4;
/** How many polls without faults must be enough to tell everything. */
const SOUND_POLLS = 4;
/** All attempts of a read. */
const ATTEMPTS = 4;
const MOST_FINDINGS = 40;

/** Every event happens once to a published trigger whose requests fail. */
export async function runTriggerCampaign(options: TriggerCampaign): Promise<TriggerTally> {
	const tally: TriggerTally = {
		...{ lives: 0, polls: 0, reported: 0, lost: 0, invented: 0, doubled: 0, unclear: 0, late: 0 },
		...{ events: {}, findings: [] },
	};
	const left = eventNames().flatMap((event) =>
		Array.from({ length: options.lives }, (_, nth) => ({ event, nth })),
	);
	const lanes = Array.from({ length: options.lanes }, async () => {
		for (let next = left.shift(); next; next = left.shift()) {
			const random = new Random(options.seed).fork(`${next.event} ${next.nth}`);
			await live(next.event, random, options.seed, tally);
		}
	});
	await Promise.all(lanes);
	return tally;
}

async function live(event: string, random: Random, seed: number, tally: TriggerTally) {
	const change = changes[event];
	if (!change) throw new Error(`test/engine/trigger/changes.mts does not make "${event}" happen.`);
	const sandbox = await startSandbox({ seed, users: 24, channels: 12, devices: 12 });
	try {
		moveBookingsAway(sandbox);
		change.before?.(sandbox);
		const store = sandboxCredential(sandbox);
		const published = new PublishedTrigger({
			credentials: store,
			parameters: parametersFor(event, sandbox),
			scheduler: random.pick(['usual', 'durable']),
		});
		await published.publish();

		const drawn: string[] = [];
		const find = (what: string) => {
			if (tally.findings.length >= MOST_FINDINGS) return;
			tally.findings.push([`${event}: ${what}`, ...drawn].join('\n      '));
		};
		const happensBefore = random.int(0, FAULTY_POLLS - 1);
		let id = '';
		let answered = sandbox.requests.length;
		const poll = async () => {
			tally.polls++;
			tally.late += sandbox.requests.length - answered;
			await published.tick().catch((error: ShownError) => {
				tally.reported++;
				const { subjectId, refreshToken, accessToken } = store.read('main');
				const complaints = unclear(error, [subjectId, refreshToken, accessToken].map(String));
				if (complaints.length === 0) return;
				tally.unclear++;
				find(`${complaints.join(', ')}: ${error.message} | ${error.description ?? ''}`);
			});
			answered = sandbox.requests.length;
		};
		for (let nth = 0; nth < FAULTY_POLLS; nth++) {
			if (nth === happensBefore) id = change.make(sandbox);
			const fault = random.pick(FAULTS);
			const times = random.pick([1, 1, 2, ATTEMPTS]);
			drawn.push(
				`${fault.name}, ${times} times${nth === happensBefore ? ', after the event' : ''}`,
			);
			sandbox.fault({ path: NOT_FOR_TOKEN, ...fault.rule(), times });
			await poll();
			sandbox.clearFaults();
		}
		for (let nth = 0; nth < SOUND_POLLS; nth++) await poll();

		tally.lives++;
		tally.events[event] = (tally.events[event] ?? 0) + 1;
		const told = published.items.map((item) => String(item.id));
		const own = told.filter((one) => one === id).length;
		tally.lost += own === 0 ? 1 : 0;
		tally.doubled += Math.max(0, own - 1);
		tally.invented += told.length - own;
		if (own !== 1 || told.length !== own)
			find(`told ${own} times, and ${told.length - own} others`);
	} finally {
		await sandbox.close();
	}
}
