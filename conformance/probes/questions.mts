import { formOf, FORM_NAMES, isSuccess } from '../answers.mts';
import type { Ask } from '../ask.mts';
import { isObject, recordsOf, type Exchange } from '../exchange.mts';
import { EXPECTATIONS } from '../expectations/all.mts';
import type { Finding } from '../finding.mts';
import { pathFor, type Found } from '../found.mts';
import { safe } from '../redaction.mts';
import { probeEventRange } from './eventRange.mts';
import { probeSpaces } from './spaces.mts';
import { tomorrow } from './tomorrow.mts';

const RESERVABLE = 'reservation/resources/reservable';

/** Questions that take one or two separate requests. */
export async function probeQuestions(
	ask: Ask,
	found: Found,
	exchanges: readonly Exchange[],
): Promise<Finding[]> {
	return [
		await reservableVerbs(ask),
		...(await refusedEndpoints(ask, found)),
		await failingService(ask),
		await repeatedSlashes(ask),
		...(await ownEvents(ask)),
		...(await probeEventRange(ask)),
		...(await probeSpaces(ask, exchanges)),
		...screenCapture(exchanges),
		...customFields(exchanges),
	];
}

/** Two sources, two verbs (appspace-api.md 7, question 8). */
async function reservableVerbs(ask: Ask): Promise<Finding> {
	const types = { types: ['room', 'space'], limit: 1 };
	const post = await ask({ method: 'POST', path: RESERVABLE, body: { ...tomorrow(), ...types } });
	const get = await ask({ path: RESERVABLE, query: { start: 0, limit: 1 } });
	const verbs = [post, get].map(isSuccess);
	const which = verbs[0] ? (verbs[1] ? 'both' : 'post') : verbs[1] ? 'get' : 'none';
	const text = {
		both: safe`POST and GET both return reservable resources`,
		post: safe`only POST returns reservable resources, GET gets ${get.status}`,
		get: safe`only GET returns reservable resources, POST gets ${post.status}`,
		none: safe`neither POST (${post.status}) nor GET (${get.status}) returns reservable resources`,
	}[which];
	const standing = which === 'none' ? 'differs' : 'new';
	return {
		topic: `reservable.${which}`,
		standing,
		text,
		section: '5.5',
		endpoint: `POST ${RESERVABLE}`,
	};
}

/** Endpoints that are known to refuse every request, at least where they were tried. */
async function refusedEndpoints(ask: Ask, found: Found): Promise<Finding[]> {
	const findings: Finding[] = [];
	for (const { endpoint, section, refusedWith } of EXPECTATIONS) {
		const path = pathFor(endpoint, found);
		if (refusedWith === undefined || path === undefined) continue;
		const resourceIds = found.first('spaceId') ?? '';
		const query = path.endsWith('availability') ? { resourceIds, ...tomorrow() } : {};
		const { status } = await ask({ path, query });
		const isKnown = status === refusedWith;
		findings.push({
			topic: isKnown ? 'refused.asKnown' : 'refused.otherwise',
			standing: isKnown ? 'known' : 'differs',
			text: isKnown
				? safe`answers with status ${status}, as elsewhere`
				: safe`answers with status ${status}, not ${refusedWith}`,
			...{ endpoint, section },
		});
	}
	return findings;
}

/** Broken on one tenant, or retired? (question 14) */
async function failingService(ask: Ask): Promise<Finding> {
	const { status } = await ask({ path: 'signschannel', query: { start: 0, limit: 1 } });
	const isKnown = status === 500;
	const text = safe`signschannel answers with status ${status}`;
	return {
		topic: isKnown ? 'signschannel.fails' : 'signschannel.answers',
		standing: isKnown ? 'known' : 'new',
		text,
		section: '3.4',
	};
}

/** A client sends extra slashes, and works (appspace-api.md 3.1). */
async function repeatedSlashes(ask: Ask): Promise<Finding> {
	const { status } = await ask({ path: '//api/v3//users/me' });
	const isAccepted = status === 200;
	return {
		topic: isAccepted ? 'slashes.accepted' : 'slashes.refused',
		standing: isAccepted ? 'known' : 'differs',
		text: isAccepted
			? safe`repeated slashes after the host and /api/v3/ are accepted`
			: safe`repeated slashes after the host and /api/v3/ get status ${status}`,
		section: '3.1',
	};
}

/** Where events of the acting user show their resources: that both places appear together is inferred. */
async function ownEvents(ask: Ask): Promise<Finding[]> {
	const path = 'reservation/users/me/events';
	const query = { includesourceobject: 'true', start: 0, limit: 20 };
	const [event] = recordsOf(await ask({ path, query }));
	if (!event) return [];
	const [isTop, isNested] = [Array.isArray(event.resourceIds), isObject(event.reservation)];
	const place = isTop ? (isNested ? 'both' : 'top') : isNested ? 'nested' : 'neither';
	const text = {
		both: safe`resources of own events are at the top and in the nested reservation`,
		top: safe`resources of own events are only at the top`,
		nested: safe`resources of own events are only in the nested reservation`,
		neither: safe`own events show no resources in a known place`,
	}[place];
	const standing = place === 'both' ? 'known' : 'differs';
	const endpoint = `GET ${path}`;
	return [{ topic: `ownEvents.${place}`, standing, text, section: '5.5', endpoint }];
}

/** SafeText to return the address of a picture, but may return the picture itself. */
function screenCapture(exchanges: readonly Exchange[]): Finding[] {
	const endpoint = 'GET networks/devices/{id}/screencapture';
	const answer = exchanges.find((one) => one.endpoint === endpoint && isSuccess(one));
	if (!answer) return [];
	const isPicture = answer.form === 'picture';
	const hasAddress = /https?:\\?\/\\?\//.test(JSON.stringify(answer.body) ?? '');
	const [topic, text] = isPicture
		? (['screenCapture.picture', safe`a screen capture is the picture itself`] as const)
		: hasAddress
			? ([
					'screenCapture.address',
					safe`a screen capture is the address of a picture, in ${FORM_NAMES[formOf(answer)]}`,
				] as const)
			: (['screenCapture.other', safe`a screen capture contains no address`] as const);
	return [{ topic, standing: 'new', text, section: '5.4', endpoint }];
}

/** The form of visitors' custom fields: the package can only write back a known form (5.6). */
function customFields(exchanges: readonly Exchange[]): Finding[] {
	const endpoint = 'GET visitormanagement/visitors';
	const visitors = exchanges.filter((one) => one.endpoint === endpoint).flatMap(recordsOf);
	const forms = new Set(visitors.flatMap((visitor) => formsOfFields(visitor.customFields)));
	// The comparison of fields already reports a missing list.
	return [...forms].map((form) => ({
		topic: `customFields.${form}`,
		standing: form === 'list' ? 'known' : 'differs',
		text: FIELD_FORMS[form],
		...{ section: '5.6', endpoint },
	}));
}

const FIELD_FORMS = {
	list: safe`custom fields of visitors are a list of records with an ID`,
	capitals: safe`custom fields of visitors have IDs that are not lowercase GUIDs`,
	object: safe`custom fields of visitors are one object, not a list`,
	text: safe`custom fields of visitors are a list of texts`,
	other: safe`custom fields of visitors have an unknown form`,
};

function formsOfFields(value: unknown): Array<keyof typeof FIELD_FORMS> {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) return [typeof value === 'object' ? 'object' : 'other'];
	return value.map((entry: unknown) => {
		if (typeof entry === 'string') return 'text';
		const id = isObject(entry) ? entry.id : undefined;
		if (typeof id !== 'string') return 'other';
		return id === id.toLowerCase() ? 'list' : 'capitals';
	});
}
