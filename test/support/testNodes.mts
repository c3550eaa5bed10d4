import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

const describe = (name: string, more: Partial<INodeTypeDescription>): INodeTypeDescription => ({
	name,
	displayName: name,
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name },
	inputs: ['main'],
	outputs: ['main'],
	properties: [],
	...more,
});

const text = (name: string): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
});

/** The start of a workflow: outputs `input`, one item per object. */
export function manualTrigger(input: IDataObject[]): INodeType {
	return {
		description: describe('manualTrigger', { group: ['trigger'], inputs: [] }),
		async execute() {
			return [input.map((json) => ({ json: structuredClone(json) }))];
		},
	};
}

const noOp: INodeType = {
	description: describe('noOp', {}),
	async execute() {
		return [this.getInputData()];
	},
};

/** Outputs the objects in its parameter `items` (JSON), regardless of its input. */
const fixedItems: INodeType = {
	description: describe('fixedItems', {
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: '[]' }],
	}),
	async execute() {
		const items = this.getNodeParameter('items', 0) as IDataObject[] | string;
		const objects: IDataObject[] = typeof items === 'string' ? JSON.parse(items) : items;
		return [objects.map((json) => ({ json, pairedItem: { item: 0 } }))];
	},
};

const stickyNote: INodeType = {
	description: describe('stickyNote', { inputs: [], outputs: [], properties: [text('content')] }),
};

/** Outputs the items that match its conditions, as n8n's own Filter node does. */
const filter: INodeType = {
	description: describe('filter', {
		properties: [{ displayName: 'Conditions', name: 'conditions', type: 'filter', default: {} }],
	}),
	async execute() {
		const holds = (item: number) =>
			this.getNodeParameter('conditions', item, false, { extractValue: true }) === true;
		const items = this.getInputData().map(({ json, binary }, item) => {
			return { json, ...(binary && { binary }), pairedItem: { item } };
		});
		return [items.filter((_, item) => holds(item))];
	},
};

/**
 * Does what n8n's HTTP Request node does with a predefined credential: all items at once, through the
 * older request helper, with the whole response.
 */
const httpRequest: INodeType = {
	description: describe('httpRequest', {
		properties: [
			{ ...text('method'), default: 'GET' },
			text('url'),
			{ ...text('authentication'), default: 'predefinedCredentialType' },
			text('nodeCredentialType'),
		],
	}),
	async execute() {
		const requests = this.getInputData().map(async (_, item) => await request(this, item));
		for (const pending of requests) pending.catch(() => {});
		const output: INodeExecutionData[] = [];
		for (const [item, result] of (await Promise.allSettled(requests)).entries()) {
			if (result.status === 'fulfilled') {
				output.push({ json: result.value, pairedItem: { item } });
			} else if (this.continueOnFail()) {
				output.push({ json: { error: String(result.reason.message) }, pairedItem: { item } });
			} else {
				throw Object.assign(result.reason, { context: { itemIndex: item } });
			}
		}
		return [output];
	},
};

async function request(context: IExecuteFunctions, item: number): Promise<IDataObject> {
	const credentialType = context.getNodeParameter('nodeCredentialType', item) as string;
	const response = await context.helpers.requestWithAuthentication.call(
		context,
		credentialType,
		{
			headers: {},
			method: context.getNodeParameter('method', item) as 'GET',
			uri: context.getNodeParameter('url', item) as string,
			gzip: true,
			rejectUnauthorized: true,
			followRedirect: true,
			followAllRedirects: true,
			resolveWithFullResponse: true,
			json: true,
			timeout: 300_000,
		},
		undefined,
		item,
	);
	const body: unknown = response.body;
	return typeof body === 'object' && body !== null ? (body as IDataObject) : { data: String(body) };
}

/** The nodes that workflows of tests and examples may use in addition to those of the package. */
export const builtInNodes: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': manualTrigger([{}]),
	'n8n-nodes-base.noOp': noOp,
	'n8n-nodes-base.fixedItems': fixedItems,
	'n8n-nodes-base.filter': filter,
	'n8n-nodes-base.stickyNote': stickyNote,
	'n8n-nodes-base.httpRequest': httpRequest,
};
