import { FORM_NAMES, formOf } from '../answers.mts';
import type { Ask } from '../ask.mts';
import { isObject, type Answer } from '../exchange.mts';
import { NO_ID, type Expectation } from '../expectations/expectation.mts';
import type { Finding } from '../finding.mts';
import { pathFor, type Found } from '../found.mts';
import { say, type Said } from '../redaction.mts';

/** What a table of the report says of an endpoint that is asked for a record that is not there. */
export interface UnknownIdRow {
	endpoint: string;
	/** For a well-formed ID of no record. */
	missing: Said;
	/** For text that is no ID. */
	malformed: Said;
}

export interface UnknownIdResult {
	row: UnknownIdRow;
	findings: Finding[];
}

const MALFORMED = 'not-an-id';

/** Asks an endpoint for a record that nobody has, and for one that nobody can have. */
export async function probeUnknownId(
	ask: Ask,
	{ endpoint, section }: Expectation,
	found: Found,
): Promise<UnknownIdResult | undefined> {
	const [missing, malformed] = [NO_ID, MALFORMED].map((id) => pathFor(endpoint, found, id));
	if (!endpoint.includes('{') || missing === undefined || malformed === undefined) return undefined;
	const answers = [await ask({ path: missing }), await ask({ path: malformed })];
	const [first, second] = answers.map(describe);
	if (!first || !second) return undefined;
	const at = { endpoint, section };
	return {
		row: { endpoint, missing: first, malformed: second },
		findings: [
			{ topic: 'unknownId', standing: 'new', text: say`an unknown ID gets ${first}`, ...at },
			...answers.flatMap((answer) => judgeRefusal(answer, endpoint)),
		],
	};
}

/** The form of a refusal, for which nobody has published a schema. */
export function judgeRefusal(answer: Answer, endpoint?: string): Finding[] {
	if (answer.status < 400) return [];
	const form = refusalForm(answer);
	return [
		{
			topic: `errorBody.${form}`,
			standing: form === 'message' ? 'known' : 'new',
			text: say`a refusal is ${REFUSALS[form]}`,
			section: '3.4',
			endpoint,
		},
	];
}

type RefusalForm =
	| ('message' | 'title' | 'error' | 'errorMessage' | 'json' | 'html' | 'text' | 'empty' | 'other')
	| ('jsonString' | 'detail' | 'oauth' | 'nested' | 'errors' | 'v1' | 'modelState')
	| ('problem' | 'validation');

const REFUSALS: Record<RefusalForm, Said> = {
	message: say`JSON with a message`,
	title: say`JSON with a title`,
	error: say`JSON with an error`,
	errorMessage: say`JSON with an errorMessage`,
	json: say`JSON without any of the known texts`,
	jsonString: say`JSON that is text`,
	detail: say`JSON with a detail`,
	oauth: say`JSON with an error_description`,
	nested: say`JSON with an error that holds a message`,
	errors: say`JSON with a list of errors`,
	v1: say`JSON with a list of Errors, as in v1`,
	modelState: say`JSON with a ModelState`,
	problem: say`problem details (RFC 9457)`,
	validation: say`a title with errors by field`,
	html: say`a web page`,
	text: say`plain text`,
	empty: say`empty`,
	other: say`something else`,
};

function refusalForm({ form, body }: Answer): RefusalForm {
	if (form === 'html' || form === 'text' || form === 'empty') return form;
	if (form !== 'json') return 'other';
	if (typeof body === 'string') return 'jsonString';
	if (isObject(body)) {
		if (typeof body.detail === 'string') return 'title' in body ? 'problem' : 'detail';
		if ('error_description' in body) return 'oauth';
		if ('ModelState' in body) return 'modelState';
		if (Array.isArray(body.Errors)) return 'v1';
		if (Array.isArray(body.errors)) return 'errors';
		if (isObject(body.errors)) return 'validation';
		if (isObject(body.error)) return 'nested';
	}
	const names = ['message', 'title', 'error', 'errorMessage'] as const;
	return names.find((name) => isObject(body) && typeof body[name] === 'string') ?? 'json';
}

function describe(answer: Answer): Said {
	if (answer.status === 0) return say`no answer`;
	if (answer.status >= 400) return say`${answer.status}, ${REFUSALS[refusalForm(answer)]}`;
	return say`${answer.status}, ${FORM_NAMES[formOf(answer)]}`;
}
