import type { Ask } from '../ask.mts';
import { recordsOf } from '../exchange.mts';
import type { Finding } from '../finding.mts';
import { safe } from '../redaction.mts';

const PATH = 'reservation/events';
const PAGE = { start: 0, limit: 100 };

/** What `startAt` and `endAt` select, asked with a range that begins or ends in the middle of an event. */
export async function probeEventRange(ask: Ask): Promise<Finding[]> {
	const events = recordsOf(await ask({ path: PATH, query: PAGE }));
	const event = events.find(({ startAt, endAt }) => millis(startAt) < millis(endAt));
	if (!event) return [];
	const [start, end] = [millis(event.startAt), millis(event.endAt)];
	const isListed = async (from: number, to: number) => {
		const range = { startAt: new Date(from).toISOString(), endAt: new Date(to).toISOString() };
		const listed = recordsOf(await ask({ path: PATH, query: { ...range, ...PAGE } }));
		return listed.some(({ id }) => id === event.id);
	};
	const middle = (start + end) / 2;
	const about = { standing: 'new', section: '5.5', endpoint: `GET ${PATH}` } as const;
	return [
		(await isListed(middle, end))
			? {
					topic: 'startAt.overlaps',
					text: safe`startAt selects events that end after it`,
					...about,
				}
			: {
					topic: 'startAt.starts',
					text: safe`startAt selects events that start after it`,
					...about,
				},
		(await isListed(start, middle))
			? { topic: 'endAt.overlaps', text: safe`endAt selects events that start before it`, ...about }
			: { topic: 'endAt.ends', text: safe`endAt selects events that end before it`, ...about },
	];
}

function millis(time: unknown): number {
	return typeof time === 'string' ? Date.parse(time) : NaN;
}
