import { isObject, listOf, recordsOf, type Answer, type Exchange } from './exchange.mts';
import { expectationOf } from './expectations/all.mts';
import type { Expectation } from './expectations/expectation.mts';
import { judgeFields } from './fields.mts';
import type { Finding } from './finding.mts';
import { say, type Said } from './redaction.mts';

type At = Pick<Finding, 'endpoint' | 'section'>;

/** Compares what came back from the known endpoints with what the dossier says of them. */
export function judgeAnswers(exchanges: readonly Exchange[]): Finding[] {
	const endpoints = [...new Set(exchanges.map(({ endpoint }) => endpoint))];
	return endpoints.flatMap((endpoint) => {
		const expectation = endpoint === undefined ? undefined : expectationOf(endpoint);
		if (!expectation || expectation.refusedWith !== undefined) return [];
		const good = exchanges.filter(
			(exchange) => exchange.endpoint === endpoint && isSuccess(exchange),
		);
		const forms = good.flatMap((answer) => judgeForm(expectation, answer));
		return [
			...distinct(forms),
			...judgeNumbers(good, expectation),
			...judgeFields(expectation, good.flatMap(recordsOf)),
		];
	});
}

export const isSuccess = ({ status }: Pick<Answer, 'status'>) => status >= 200 && status <= 299;

/** Findings of the same topic once: they come from each page alike. */
export function distinct(findings: readonly Finding[]): Finding[] {
	const byKey = new Map(
		findings.map((finding) => [
			`${finding.topic} ${finding.endpoint} ${finding.text.text}`,
			finding,
		]),
	);
	return [...byKey.values()];
}

function judgeForm({ endpoint, section, form }: Expectation, answer: Answer): Finding[] {
	const at = { endpoint, section };
	const name = formOf(answer);
	if (form === 'unknown') {
		const text = say`the answer, whose form is not public, is ${FORM_NAMES[name]}`;
		return [{ topic: `reply.${name}`, standing: 'new', text, ...at }];
	}
	if (form === 'list' && (name === 'array' || name === 'items')) {
		const text = say`the answer is ${FORM_NAMES[name]}`;
		return [{ topic: `reply.${name}`, standing: 'known', text, ...at }];
	}
	const isFitting = form === 'record' ? name === 'object' : name === 'items';
	if (!isFitting) {
		const wanted = form === 'record' ? say`one record` : FORM_NAMES.items;
		const text = say`the answer is ${FORM_NAMES[name]}, not ${wanted}`;
		return [{ topic: `form.${name}`, standing: 'differs', text, ...at }];
	}
	return form === 'listing' ? judgeEnvelope(answer.body, at) : [];
}

/** Whatever goes through n8n comes out with the nearest number that JavaScript has. */
function judgeNumbers(answers: readonly Answer[], { endpoint, section }: At): Finding[] {
	if (!answers.some(({ body }) => hasLargeNumber(body))) return [];
	const text = say`numbers too large for JavaScript, which rounds them`;
	return [{ topic: 'numbers.large', standing: 'new', text, endpoint, section }];
}

function hasLargeNumber(value: unknown): boolean {
	if (typeof value === 'number') return Math.abs(value) > Number.MAX_SAFE_INTEGER;
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(hasLargeNumber);
}

function judgeEnvelope(body: unknown, at: At): Finding[] {
	if (!isObject(body)) return [];
	const names = [
		['start', say`start`],
		['limit', say`limit`],
		['size', say`size`],
	] as const;
	return names.flatMap(([name, shown]): Finding[] => {
		const value = body[name];
		if (typeof value === 'number') return [];
		const what = value === undefined ? 'missing' : typeof value === 'string' ? 'text' : 'other';
		const words = { missing: say`is missing`, text: say`is text`, other: say`is no number` };
		const text = say`${shown} ${words[what]} in the envelope`;
		// A limit may come as text (appspace-api.md 3.3).
		const standing = name === 'limit' && what === 'text' ? 'known' : 'differs';
		return [{ topic: `envelope.${name}.${what}`, standing, text, ...at }];
	});
}

export type FormName =
	'object' | 'array' | 'items' | 'text' | 'empty' | 'html' | 'picture' | 'other';

export const FORM_NAMES: Record<FormName, Said> = {
	object: say`one object`,
	array: say`a bare array`,
	items: say`an object with items`,
	text: say`text`,
	empty: say`empty`,
	html: say`a web page`,
	picture: say`a picture`,
	other: say`something else`,
};

/** What an answer is, in the words of `FORM_NAMES`. */
export function formOf({ form, body }: Answer): FormName {
	if (form !== 'json') return form;
	if (Array.isArray(body)) return 'array';
	if (!isObject(body)) return typeof body === 'string' ? 'text' : 'other';
	return listOf(body) ? 'items' : 'object';
}
