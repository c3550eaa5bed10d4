import type { JsonObject } from './exchange.mts';
import type { Expectation, Fields, Kind } from './expectations/expectation.mts';
import type { Finding } from './finding.mts';
import { fieldName, listed, ours, say, type Said } from './redaction.mts';

type Actual = 'null' | 'flag' | 'number' | 'text' | 'id' | 'time' | 'list' | 'object';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/;

const NAMES: Record<Actual | Kind, Said> = {
	null: say`nothing`,
	flag: say`true or false`,
	number: say`a number`,
	text: say`text`,
	id: say`a lower-case GUID`,
	time: say`a date and time`,
	list: say`a list`,
	object: say`an object`,
	mixed: say`a number or text`,
	any: say`anything`,
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

/** Compares records with the fields that are known of them. */
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
			text: say`all ${of} fields are there`,
			...at,
		};
	}
	const text = say`absent from every record: ${listed(absent.map(ours))}`;
	return { topic: 'fields.absent', standing: 'differs', text, ...at };
}

function judgeField(name: string, kind: Kind, records: readonly JsonObject[], at: At): Finding[] {
	const actual = records.map((record) => actualOf(record[name])).filter((one) => one !== 'null');
	const counts = new Map<Actual, number>();
	for (const one of actual) counts.set(one, (counts.get(one) ?? 0) + 1);
	const strange = [...counts].filter(([one]) => !FITTING[kind].includes(one));
	if (strange.length > 0) {
		const forms = strange.map(
			([one, count]) => say`${NAMES[one]} in ${count} of ${records.length}`,
		);
		const text = say`${ours(name)}: ${listed(forms)} records, not ${NAMES[kind]}`;
		return [{ topic: 'fields.type', standing: 'differs', text, ...at }];
	}
	if (kind !== 'mixed' || counts.size < 2) return [];
	const text = say`${ours(name)}: a number on some records and text on others`;
	return [{ topic: 'fields.mixed', standing: 'known', text, ...at }];
}

/** Fields that are known to be left out where they are empty, and are null here. */
function nulls(names: readonly string[], records: readonly JsonObject[], at: At): Finding[] {
	const empty = names.filter((name) => records.some((record) => record[name] === null));
	if (empty.length === 0) return [];
	const text = say`null where they are empty, not absent: ${listed(empty.map(ours))}`;
	return [{ topic: 'fields.null', standing: 'differs', text, ...at }];
}

function extras(known: Fields, records: readonly JsonObject[], at: At): Finding[] {
	const names = new Set(records.flatMap((record) => Object.keys(record)));
	const unknown = [...names].filter((name) => !Object.hasOwn(known, name));
	if (unknown.length === 0) return [];
	const shown = unknown.map(fieldName).filter((name) => name !== undefined);
	const hidden = unknown.length - shown.length;
	const others = hidden > 0 ? [say`${hidden} whose names are not shown`] : [];
	const text = say`fields that are not known yet: ${listed([...shown, ...others])}`;
	return [{ topic: 'fields.extra', standing: 'new', text, ...at }];
}

/** The forms in which dates and times came, over everything that was read. */
export function judgeTimes(times: readonly string[]): Finding[] {
	const forms: Array<[topic: string, test: (time: string) => boolean, text: Said]> = [
		['times.unset', (time) => time.startsWith('0001-'), say`unset, as the year 1`],
		['times.noZone', (time) => !/(Z|[+-]\d\d:\d\d)$/.test(time), say`without a zone`],
		['times.finer', (time) => /\.\d{4,}/.test(time), say`finer than milliseconds`],
		['times.offset', (time) => /[+-]\d\d:\d\d$/.test(time), say`with an offset in place of Z`],
		['times.whole', (time) => !time.includes('.'), say`without a fraction of a second`],
		['times.zeros', (time) => /\.0+(Z|$)/.test(time), say`with a fraction that is zero`],
	];
	const seen = forms.filter(([, test]) => times.some(test));
	return seen.map(([topic, , text]) => ({
		topic,
		standing: ['times.offset', 'times.zeros'].includes(topic) ? 'differs' : 'known',
		text: say`some dates and times come ${text}`,
		section: '3.2',
	}));
}

/** Every date and time among the fields of some records. */
export function timesIn(records: readonly JsonObject[]): string[] {
	return records.flatMap((record) =>
		Object.values(record).filter((value): value is string => actualOf(value) === 'time'),
	);
}
