import type { JsonObject } from './exchange.mts';
import type { Expectation, Fields, Kind } from './expectations/expectation.mts';
import type { Finding } from './finding.mts';
import { fieldName, listed, ours, safe, type SafeText } from './redaction.mts';

type Actual = 'null' | 'flag' | 'number' | 'text' | 'id' | 'time' | 'list' | 'object';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/;

const NAMES: Record<Actual | Kind, SafeText> = {
	null: safe`nothing`,
	flag: safe`true or false`,
	number: safe`a number`,
	text: safe`text`,
	id: safe`a lower-case GUID`,
	time: safe`a date and time`,
	list: safe`a list`,
	object: safe`an object`,
	mixed: safe`a number or text`,
	any: safe`anything`,
};

const FITTING: Record<Kind, readonly Actual[]> = {
	id: ['id'],
	text: ['text', 'id', 'time'],
	number: ['number'],
	mixed: ['number', 'text'],
	flag: ['flag'],
	time: ['time'],
	list: ['list'],
	object: ['object'],
	any: ['flag', 'number', 'text', 'id', 'time', 'list', 'object'],
};

function actualOf(value: unknown): Actual {
	if (value === null || value === undefined) return 'null';
	if (typeof value === 'boolean') return 'flag';
	if (typeof value === 'number') return 'number';
	if (Array.isArray(value)) return 'list';
	if (typeof value === 'object') return 'object';
	const text = String(value);
	if (GUID.test(text)) return 'id';
	return TIME.test(text) ? 'time' : 'text';
}

/** Compares records with the known fields. */
export function judgeFields(
	{ endpoint, section, fields, optional = {}, absentIfEmpty = {} }: Expectation,
	records: readonly JsonObject[],
): Finding[] {
	if (records.length === 0 || !fields) return [];
	const at = { endpoint, section };
	const known = { ...fields, ...optional, ...absentIfEmpty };
	const absent = Object.keys(fields).filter(
		(name) => !records.some((record) => Object.hasOwn(record, name)),
	);
	return [
		presence(Object.keys(fields).length, absent, at),
		...Object.entries(known).flatMap(([name, kind]) => judgeField(name, kind, records, at)),
		...nulls(Object.keys(absentIfEmpty), records, at),
		...extras(known, records, at),
	];
}

type At = Pick<Finding, 'endpoint' | 'section'>;

function presence(of: number, absent: string[], at: At): Finding {
	if (absent.length === 0) {
		return {
			topic: 'fields.present',
			standing: 'known',
			text: safe`all ${of} fields are there`,
			...at,
		};
	}
	const text = safe`missing from every record: ${listed(absent.map(ours))}`;
	return { topic: 'fields.absent', standing: 'differs', text, ...at };
}

function judgeField(name: string, kind: Kind, records: readonly JsonObject[], at: At): Finding[] {
	const actual = records.map((record) => actualOf(record[name])).filter((one) => one !== 'null');
	const counts = new Map<Actual, number>();
	for (const one of actual) counts.set(one, (counts.get(one) ?? 0) + 1);
	const strange = [...counts].filter(([one]) => !FITTING[kind].includes(one));
	if (strange.length > 0) {
		const forms = strange.map(
			([one, count]) => safe`${NAMES[one]} in ${count} of ${records.length}`,
		);
		const text = safe`${ours(name)}: ${listed(forms)} records, not ${NAMES[kind]}`;
		return [{ topic: 'fields.type', standing: 'differs', text, ...at }];
	}
	if (kind !== 'mixed' || counts.size < 2) return [];
	const text = safe`${ours(name)}: a number on some records and text on others`;
	return [{ topic: 'fields.mixed', standing: 'known', text, ...at }];
}

/** Fields that are left out when empty according to the API notes, but are null here. */
function nulls(names: readonly string[], records: readonly JsonObject[], at: At): Finding[] {
	const empty = names.filter((name) => records.some((record) => record[name] === null));
	if (empty.length === 0) return [];
	const text = safe`null when empty, not left out: ${listed(empty.map(ours))}`;
	return [{ topic: 'fields.null', standing: 'differs', text, ...at }];
}

function extras(known: Fields, records: readonly JsonObject[], at: At): Finding[] {
	const names = new Set(records.flatMap((record) => Object.keys(record)));
	const unknown = [...names].filter((name) => !Object.hasOwn(known, name));
	if (unknown.length === 0) return [];
	const shown = unknown.map(fieldName).filter((name) => name !== undefined);
	const hidden = unknown.length - shown.length;
	const others = hidden > 0 ? [safe`${hidden} with hidden names`] : [];
	const text = safe`fields that are not in the API notes: ${listed([...shown, ...others])}`;
	return [{ topic: 'fields.extra', standing: 'new', text, ...at }];
}

/** The forms of dates and times, over everything that was read. */
export function judgeTimes(times: readonly string[]): Finding[] {
	const forms: Array<[topic: string, test: (time: string) => boolean, text: SafeText]> = [
		['times.unset', (time) => time.startsWith('0001-'), safe`unset (the year 1)`],
		['times.noZone', (time) => !/(Z|[+-]\d\d:\d\d)$/.test(time), safe`without a zone`],
		['times.finer', (time) => /\.\d{4,}/.test(time), safe`finer than milliseconds`],
		[
			'times.offset',
			(time) => /[+-]\d\d:\d\d$/.test(time),
			safe`written with an offset instead of Z`,
		],
		['times.whole', (time) => !time.includes('.'), safe`without a fraction of a second`],
		['times.zeros', (time) => /\.0+(Z|$)/.test(time), safe`written with a zero fraction`],
	];
	const seen = forms.filter(([, test]) => times.some(test));
	return seen.map(([topic, , text]) => ({
		topic,
		standing: ['times.offset', 'times.zeros'].includes(topic) ? 'differs' : 'known',
		text: safe`some dates and times are ${text}`,
		section: '3.2',
	}));
}

/** Every date and time in the fields of some records. */
export function timesIn(records: readonly JsonObject[]): string[] {
	return records.flatMap((record) =>
		Object.values(record).filter((value): value is string => actualOf(value) === 'time'),
	);
}
