import { formOf, FORM_NAMES, isSuccess } from '../answers.mts';
import type { Ask } from '../ask.mts';
import { isObject, recordsOf, type Exchange } from '../exchange.mts';
import { EXPECTATIONS } from '../expectations/all.mts';
import type { Finding } from '../finding.mts';
import { pathFor, type Found } from '../found.mts';
import { say } from '../redaction.mts';
import { probeSpaces } from './spaces.mts';
import { tomorrow } from './tomorrow.mts';

const RESERVABLE = 'reservation/resources/reservable';

/** Questions that take a request or two of their own. */
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
		both: say`what can be booked is answered by POST and by GET`,
		post: say`what can be booked is answered by POST alone, GET gets ${get.status}`,
		get: say`what can be booked is answered by GET alone, POST gets ${post.status}`,
		none: say`what can be booked is answered neither by POST (${post.status}) nor by GET (${get.status})`,
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

/** Endpoints that are known to refuse whatever is asked, at least where they were tried. */
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
				? say`answers with status ${status}, as it did elsewhere`
				: say`answers with status ${status}, not ${refusedWith}`,
			...{ endpoint, section },
		});
	}
	return findings;
}

/** A tenant fault, or retired? (question 14) */
async function failingService(ask: Ask): Promise<Finding> {
	const { status } = await ask({ path: 'signschannel', query: { start: 0, limit: 1 } });
	const isKnown = status === 500;
	const text = say`signschannel answers with status ${status}`;
	return {
		topic: isKnown ? 'signschannel.fails' : 'signschannel.answers',
		standing: isKnown ? 'known' : 'new',
		text,
		section: '3.4',
	};
}

/** A client writes slashes too many, and works (appspace-api.md 3.1). */
async function repeatedSlashes(ask: Ask): Promise<Finding> {
	const { status } = await ask({ path: '//api/v3//users/me' });
	const isAccepted = status === 200;
	return {
		topic: isAccepted ? 'slashes.accepted' : 'slashes.refused',
		standing: isAccepted ? 'known' : 'differs',
		text: isAccepted
			? say`repeated slashes after the host and /api/v3/ are accepted`
			: say`repeated slashes after the host and /api/v3/ get status ${status}`,
		section: '3.1',
	};
}

/** Where events of the acting user have their resources: that both places go together is inferred. */
async function ownEvents(ask: Ask): Promise<Finding[]> {
	const path = 'reservation/users/me/events';
	const query = { includesourceobject: 'true', start: 0, limit: 20 };
	const [event] = recordsOf(await ask({ path, query }));
	if (!event) return [];
	const [isTop, isNested] = [Array.isArray(event.resourceIds), isObject(event.reservation)];
	const place = isTop ? (isNested ? 'both' : 'top') : isNested ? 'nested' : 'neither';
	const text = {
		both: say`resources of own events are at the top and in the nested reservation`,
		top: say`resources of own events are at the top alone`,
		nested: say`resources of own events are in the nested reservation alone`,
		neither: say`own events show no resources where they are known`,
	}[place];
	const standing = place === 'both' ? 'known' : 'differs';
	const endpoint = `GET ${path}`;
	return [{ topic: `ownEvents.${place}`, standing, text, section: '5.5', endpoint }];
}

/** Said to hold the address of a picture; the picture itself would do as well. */
function screenCapture(exchanges: readonly Exchange[]): Finding[] {
	const endpoint = 'GET networks/devices/{id}/screencapture';
	const answer = exchanges.find((one) => one.endpoint === endpoint && isSuccess(one));
	if (!answer) return [];
	const isPicture = answer.form === 'picture';
	const hasAddress = /https?:\\?\/\\?\//.test(JSON.stringify(answer.body) ?? '');
	const [topic, text] = isPicture
		? (['screenCapture.picture', say`a screen capture is the picture itself`] as const)
		: hasAddress
			? ([
					'screenCapture.address',
					say`a screen capture is the address of a picture, in ${FORM_NAMES[formOf(answer)]}`,
				] as const)
			: (['screenCapture.other', say`a screen capture holds no address`] as const);
	return [{ topic, standing: 'new', text, section: '5.4', endpoint }];
}

/** How visitors show their custom fields: what is written back has to have a form that is known (5.6). */
function customFields(exchanges: readonly Exchange[]): Finding[] {
	const endpoint = 'GET visitormanagement/visitors';
	const visitors = exchanges.filter((one) => one.endpoint === endpoint).flatMap(recordsOf);
	const forms = new Set(visitors.flatMap((visitor) => formsOfFields(visitor.customFields)));
	// An absent list is told of with the other fields.
	return [...forms].map((form) => ({
		topic: `customFields.${form}`,
		standing: form === 'list' ? 'known' : 'differs',
		text: FIELD_FORMS[form],
		...{ section: '5.6', endpoint },
	}));
}

const FIELD_FORMS = {
	list: say`custom fields of visitors are a list of records with an ID`,
	capitals: say`custom fields of visitors have IDs that are no lower-case GUIDs`,
	object: say`custom fields of visitors are one object and no list`,
	text: say`custom fields of visitors are a list of texts`,
	other: say`custom fields of visitors have a form that is not known`,
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
