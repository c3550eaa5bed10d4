import type { IDataObject } from 'n8n-workflow';
import {
	calledOff,
	created,
	due,
	entered,
	updated,
	type Detection,
} from '../../nodes/AppspaceTrigger/detections.ts';

type Row = [minute: number, record: IDataObject, isEvent: boolean];

const START = Date.UTC(2027, 0, 4, 9);
const at = (minute: number) => new Date(START + minute * 60_000).toISOString();

/** Shows a detection one record again and again, and lets it keep its mark. */
function life(detection: Detection, rows: Row[], since = START - 60_000): void {
	let mark: number | undefined;
	for (const [minute, record, isEvent] of rows) {
		const found = detection.find(record, mark, { now: START + minute * 60_000, since });
		expect([minute, found.isEvent]).toEqual([minute, isEvent]);
		mark = found.mark;
	}
}

test('created: once, and not if it is older than the stock', () => {
	life(created(), [
		[0, {}, true],
		[1, {}, false],
		[2, { name: 'Other' }, false],
	]);
	const dated = created({ createdAt: (record) => record.createdAt });
	life(dated, [
		[0, { createdAt: at(-10) }, false],
		[1, { createdAt: at(-10) }, false],
	]);
	life(dated, [
		[0, { createdAt: at(0) }, true],
		[1, { createdAt: at(0) }, false],
	]);
	life(dated, [[0, { createdAt: 'nonsense' }, true]]);
});

test('created: not when a window of time reaches an older record', () => {
	const detection = created({ isOld: ({ isFar }) => isFar === true });
	life(detection, [
		[0, { isFar: true }, false],
		[1, { isFar: true }, false],
		[2, { isFar: false }, false],
	]);
});

test('created: a mark is forgotten a day after the end, and never without one', () => {
	const { find, isOver } = created({ endsAt: ({ endAt }) => endAt });
	const markOf = (endAt: string) => find({ endAt }, undefined, { now: START, since: 0 }).mark ?? -1;
	const afterHours = (hours: number) => START + hours * 3_600_000;
	expect(isOver?.(markOf(at(0)), afterHours(23))).toBe(false);
	expect(isOver?.(markOf(at(0)), afterHours(25))).toBe(true);
	expect(isOver?.(markOf('nonsense'), afterHours(25))).toBe(false);
});

test('updated: at each change of what is watched, from the second reading on', () => {
	const detection = updated(({ name }) => ({ name }));
	life(detection, [
		[0, { name: 'A' }, false],
		[1, { name: 'A', other: 1 }, false],
		[2, { name: 'B' }, true],
		[3, { name: 'A' }, true],
		[4, { name: 'A' }, false],
	]);
});

describe('entered', () => {
	const isIn = ({ is }: IDataObject) => is === true;
	const fields = ['is'];

	test('once while it lasts, and again when it comes back', () => {
		life(entered({ isIn, fields }), [
			[0, { is: false }, false],
			[1, { is: true }, true],
			[2, { is: true }, false],
			[3, { is: false }, false],
			[4, { is: true }, true],
		]);
	});

	test('only after it has lasted, counted from the first reading if the record has no time', () => {
		life(entered({ isIn, fields, minutes: 5 }), [
			[0, { is: true }, false],
			[3, { is: false }, false],
			[4, { is: true }, false],
			[8, { is: true }, false],
			[9, { is: true }, true],
			[20, { is: true }, false],
		]);
	});

	test('counted from the time in the record if it has one; a new time is a new event', () => {
		const since = ({ from }: IDataObject) => from;
		life(entered({ isIn, fields, minutes: 5, since }), [
			[0, { is: true, from: at(-2) }, false],
			[3, { is: true, from: at(-2) }, true],
			[4, { is: true, from: at(-2) }, false],
			[8, { is: true, from: at(7) }, false],
			[12, { is: true, from: at(7) }, true],
			[13, { is: true, from: '0001-01-01T00:00:00' }, false],
			[18, { is: true, from: '0001-01-01T00:00:00' }, true],
		]);
	});
});

describe('due', () => {
	const detection = (minutes: number, latest = 60) =>
		due({ at: (record) => record.startAt, minutes, latest, isOpen: ({ isOff }) => isOff !== true });

	test.each([
		['at its time', 0, 10],
		['some time after', 15, 25],
		['some time before', -5, 5],
	])('once, %s', (_name, minutes, dueAt) => {
		const record = { startAt: at(10) };
		life(detection(minutes), [
			[dueAt - 1, record, false],
			[dueAt, record, true],
			[dueAt + 1, record, false],
		]);
	});

	test('again when it moves, and not when it is off, over, or has no time', () => {
		life(detection(0), [
			[10, { startAt: at(10) }, true],
			[11, { startAt: at(12) }, false],
			[13, { startAt: at(12) }, true],
			[20, { startAt: at(15), isOff: true }, false],
			[90, { startAt: at(16) }, false],
			[91, { startAt: 'nonsense' }, false],
		]);
	});

	test('before its time if the record says so, and then not again', () => {
		const isEarly = ({ isDone }: IDataObject) => isDone === true;
		const early = due({
			...{ at: ({ endAt }: IDataObject) => endAt, minutes: 0, latest: 60 },
			...{ isOpen: () => true, isEarly },
		});
		life(early, [
			[0, { endAt: at(10) }, false],
			[1, { endAt: at(10), isDone: true }, true],
			[11, { endAt: at(10), isDone: true }, false],
		]);
	});

	test('says that it is too late', () => {
		const moment = { now: START + 100 * 60_000, since: START };
		expect(detection(0).find({ startAt: at(10) }, undefined, moment)).toMatchObject({
			isEvent: false,
			isLate: true,
		});
	});
});

test('called off: once, when it says so; not when it ends', () => {
	const detection = calledOff(
		({ isOff }) => isOff === true,
		({ endAt }) => endAt,
	);
	life(detection, [
		[0, { endAt: at(10) }, false],
		[1, { endAt: at(10), isOff: true }, true],
		[2, { endAt: at(10), isOff: true }, false],
	]);
	life(detection, [
		[0, { endAt: at(10) }, false],
		[11, { endAt: at(10) }, false],
	]);
	life(detection, [[0, { endAt: at(10), isOff: true }, false]]);
});
