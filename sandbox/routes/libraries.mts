import { Refusal } from '../answer.mts';
import type { CardTemplate } from '../data/cards.mts';
import { listing } from '../listing.mts';
import { undocumentedReply } from '../undocumented.mts';
import { objectBody, requiredText } from './bodies.mts';
import type { Call, Schema, Service } from './endpoint.mts';
import { byId, byKey } from './lookups.mts';

/** The first integer that JavaScript cannot tell from its neighbor (RFC 8259 6). */
const LARGE = 2 ** 53;

const TEMPLATE: Schema = {
	title: 'CardTemplate',
	type: 'object',
	required: ['cardTemplateTypeId', 'name'],
	properties: {
		cardTemplateTypeId: { type: 'string', format: 'uuid' },
		name: { type: 'string' },
		model: { type: 'object' },
		schema: { type: 'object' },
		permissions: { type: 'array', items: { type: 'object' } },
		theme: { type: 'object' },
	},
};

export const libraries: Service = {
	name: 'libraries',
	title: 'Libraries',
	endpoints: [
		{
			method: 'GET',
			path: 'libraries/contents/:id',
			summary: 'Gets one content item',
			handle: ({ tenant, params }) => byKey(tenant.contents, params.id, 'The content'),
		},
		{
			method: 'GET',
			path: 'libraries/cardtemplatetypes',
			summary: 'Lists the card types',
			paged: true,
			// POST answers 405, like every verb that these tables do not list (appspace-api.md 5.2).
			handle: (call) => listing(call, call.tenant.cardTemplateTypes),
		},
		{
			method: 'GET',
			path: 'libraries/cardtemplates',
			summary: 'Lists the card templates',
			paged: true,
			handle: (call) => listing(call, call.tenant.cardTemplates.map(shownBy(call))),
		},
		{
			method: 'GET',
			path: 'libraries/cardtemplates/:id',
			summary: 'Gets one card template',
			handle: (call) => shownBy(call)(templateOf(call)),
		},
		{
			method: 'POST',
			path: 'libraries/cardtemplates',
			summary: 'Creates a card template',
			body: TEMPLATE,
			handle: (call) => {
				const template = templateFrom(call, call.random.guid());
				call.tenant.cardTemplates.push(template);
				return undocumentedReply(call, 'create card template', template);
			},
		},
		{
			method: 'PUT',
			path: 'libraries/cardtemplates/:id',
			summary: 'Replaces a card template',
			body: TEMPLATE,
			handle: (call) => {
				const template = templateOf(call);
				Object.assign(template, templateFrom(call, template.id));
				return undocumentedReply(call, 'replace card template', template);
			},
		},
	],
};

function templateOf({ tenant, params }: Pick<Call, 'tenant' | 'params'>) {
	return byId(tenant.cardTemplates, params.id, 'The card template');
}

/** A template as the tenant shows it. */
function shownBy({ settings }: Pick<Call, 'settings'>) {
	return (template: CardTemplate): CardTemplate =>
		settings.largeNumbers
			? { ...template, model: { ...(template.model as object), revision: LARGE } }
			: template;
}

/** Stores exactly what was sent: omitted fields are lost (appspace-api.md 5.2). */
function templateFrom(call: Call, id: string): CardTemplate {
	const body = objectBody(call.body);
	const cardTemplateTypeId = requiredText(body, 'cardTemplateTypeId');
	if (!call.tenant.cardTemplateTypes.some((type) => type.id === cardTemplateTypeId)) {
		throw new Refusal(400, 'The value of cardTemplateTypeId is not valid.');
	}
	const { model = null, schema = null, permissions = null, theme = null } = body;
	return {
		id,
		cardTemplateTypeId,
		name: requiredText(body, 'name'),
		model,
		schema,
		permissions,
		theme,
	};
}
