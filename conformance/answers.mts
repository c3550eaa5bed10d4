import { isObject, listOf, recordsOf, type Answer, type Exchange } from './exchange.mts';
import { expectationOf } from './expectations/all.mts';
import type { Expectation } from './expectations/expectation.mts';
import { judgeFields } from './fields.mts';
import type { Finding } from './finding.mts';
import { safe, type SafeText } from './redaction.mts';

type At = Pick<Finding, 'endpoint' | 'section'>;

/** Compares the responses of known endpoints with the API notes. */
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

/** One finding per topic, because every page of a list yields the same ones. */
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
		const text = safe`the form of the response is not public; here it is ${FORM_NAMES[name]}`;
		return [{ topic: `reply.${name}`, standing: 'new', text, ...at }];
	}
	if (form === 'list' && (name === 'array' || name === 'items')) {
		const text = safe`the response is ${FORM_NAMES[name]}`;
		return [{ topic: `reply.${name}`, standing: 'known', text, ...at }];
	}
	const isFitting = form === 'record' ? name === 'object' : name === 'items';
	if (!isFitting) {
		const wanted = form === 'record' ? safe`one record` : FORM_NAMES.items;
		const text = safe`the response is ${FORM_NAMES[name]}, not ${wanted}`;
		return [{ topic: `form.${name}`, standing: 'differs', text, ...at }];
	}
	return form === 'listing' ? judgeEnvelope(answer.body, at) : [];
}

/** Responses pass through n8n, which rounds such numbers to the nearest one that JavaScript has. */
function judgeNumbers(answers: readonly Answer[], { endpoint, section }: At): Finding[] {
	if (!answers.some(({ body }) => hasLargeNumber(body))) return [];
	const text = safe`some numbers are too large for JavaScript, which rounds them`;
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
		['start', safe`start`],
		['limit', safe`limit`],
		['size', safe`size`],
	] as const;
	return names.flatMap(([name, shown]): Finding[] => {
		const value = body[name];
		if (typeof value === 'number') return [];
		const what = value === undefined ? 'missing' : typeof value === 'string' ? 'text' : 'other';
		const words = { missing: safe`is missing`, text: safe`is text`, other: safe`is not a number` };
		const text = safe`${shown} ${words[what]} in the envelope`;
		// A limit may be text (appspace-api.md 3.3).
		const standing = name === 'limit' && what === 'text' ? 'known' : 'differs';
		return [{ topic: `envelope.${name}.${what}`, standing, text, ...at }];
	});
}

export type FormName =
	'object' | 'array' | 'items' | 'text' | 'empty' | 'html' | 'picture' | 'other';

export const FORM_NAMES: Record<FormName, SafeText> = {
	object: safe`one object`,
	array: safe`a bare array`,
	items: safe`an object with items`,
	text: safe`text`,
	empty: safe`empty`,
	html: safe`a web page`,
	picture: safe`a picture`,
	other: safe`something else`,
};

/** The form of a response, in the words of `FORM_NAMES`. */
export function formOf({ form, body }: Answer): FormName {
	if (form !== 'json') return form;
	if (Array.isArray(body)) return 'array';
	if (!isObject(body)) return typeof body === 'string' ? 'text' : 'other';
	return listOf(body) ? 'items' : 'object';
}
