import { FORM_NAMES, formOf } from '../answers.mts';
import type { Ask } from '../ask.mts';
import { isObject, type Answer } from '../exchange.mts';
import { NO_ID, type Expectation } from '../expectations/expectation.mts';
import type { Finding } from '../finding.mts';
import { pathFor, type Found } from '../found.mts';
import { safe, type SafeText } from '../redaction.mts';

/** A row in the report's table of unknown IDs. */
export interface UnknownIdRow {
	endpoint: string;
	/** For a well-formed ID that no record has. */
	missing: SafeText;
	/** For text that is not an ID. */
	malformed: SafeText;
}

export interface UnknownIdResult {
	row: UnknownIdRow;
	findings: Finding[];
}

const MALFORMED = 'not-an-id';

/** Asks an endpoint for a record that does not exist, and for one that cannot exist. */
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
			{ topic: 'unknownId', standing: 'new', text: safe`an unknown ID gets ${first}`, ...at },
			...answers.flatMap((answer) => judgeRefusal(answer, endpoint)),
		],
	};
}

/** The form of a refusal, for which there is no public schema. */
export function judgeRefusal(answer: Answer, endpoint?: string): Finding[] {
	if (answer.status < 400) return [];
	const form = refusalForm(answer);
	return [
		{
			topic: `errorBody.${form}`,
			standing: form === 'message' ? 'known' : 'new',
			text: safe`a refusal is ${REFUSALS[form]}`,
			section: '3.4',
			endpoint,
		},
	];
}

type RefusalForm =
	| ('message' | 'title' | 'error' | 'errorMessage' | 'json' | 'html' | 'text' | 'empty' | 'other')
	| ('jsonString' | 'detail' | 'oauth' | 'nested' | 'errors' | 'v1' | 'modelState')
	| ('problem' | 'validation');

const REFUSALS: Record<RefusalForm, SafeText> = {
	message: safe`JSON with a message`,
	title: safe`JSON with a title`,
	error: safe`JSON with an error`,
	errorMessage: safe`JSON with an errorMessage`,
	json: safe`JSON without any of the known texts`,
	jsonString: safe`JSON that is text`,
	detail: safe`JSON with a detail`,
	oauth: safe`JSON with an error_description`,
	nested: safe`JSON with an error that contains a message`,
	errors: safe`JSON with a list of errors`,
	v1: safe`JSON with a list of Errors, as in v1`,
	modelState: safe`JSON with a ModelState`,
	problem: safe`problem details (RFC 9457)`,
	validation: safe`a title with errors by field`,
	html: safe`a web page`,
	text: safe`plain text`,
	empty: safe`empty`,
	other: safe`something else`,
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

function describe(answer: Answer): SafeText {
	if (answer.status === 0) return safe`no answer`;
	if (answer.status >= 400) return safe`${answer.status}, ${REFUSALS[refusalForm(answer)]}`;
	return safe`${answer.status}, ${FORM_NAMES[formOf(answer)]}`;
}
