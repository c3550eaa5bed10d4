import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Resource } from '../runtime/operation';
import { attribute, entries } from '../transport/scim/attributes';
import { isNotUnderstood } from '../scim/alternatives';
import { readFeatures } from '../scim/features';
import { quoted } from '../scim/filter';
import { scimPages } from '../scim/pages';
import { isRefusal, catchStatus } from '../transport/failure';
import { readBatches } from '../transport/pages';
import { ScimService } from '../transport/scim/scimService';
import type { TenantRequest } from '../transport/tenantRequest';
import { Choices } from './choices';
import { toNodeError } from './toNodeError';

/** A list over SCIM that can be picked from. */
interface ScimPicker extends Pick<Resource, 'credential' | 'dependsOn'> {
	plural: string;
	path: string;
	/** The attributes that are searched in. */
	searched: string[];
	title: (record: IDataObject) => string;
}

const PAGE_SIZE = 100;
const SCIM_USERS: ScimPicker = {
	plural: 'SCIM users',
	path: 'Users',
	searched: ['userName', 'displayName', 'name.familyName', 'name.givenName', 'emails.value'],
	credential: 'appspaceScimApi',
	title: (user) => {
		const { displayName, userName } = namesOf(user);
		return displayName === '' ? userName : `${displayName} (${userName})`;
	},
};
const SCIM_GROUPS: ScimPicker = {
	plural: 'SCIM groups',
	path: 'Groups',
	searched: ['displayName'],
	credential: 'appspaceScimApi',
	dependsOn: 'Groups over SCIM need the option "Enable User Group Sync" of the tenant.',
	title: (group) => {
		const count = entries(group, 'members').length;
		return `${namesOf(group).displayName} (${count} ${count === 1 ? 'member' : 'members'})`;
	},
};

export async function searchScimUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await search.call(this, SCIM_USERS, filter, token);
}

export async function searchScimGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await search.call(this, SCIM_GROUPS, filter, token);
}

/**
 * A page of choices, which the service searches; the list of one that has no filters, or does not understand
 * them, is searched here.
 *
 * @param token how many records come before the page, as handed out with the previous one
 * @throws NodeApiError or NodeOperationError: a list that cannot be read is never shown as empty
 */
async function search(
	this: ILoadOptionsFunctions,
	picker: ScimPicker,
	typed = '',
	token = '0',
	isSearchedHere = false,
): Promise<INodeListSearchResult> {
	const service = new ScimService(this, 1);
	try {
		const isAsked = typed !== '' && !isSearchedHere && (await hasFilters(service));
		const conditions = picker.searched.map((name) => `${name} co ${quoted(typed)}`);
		const send = async (request: TenantRequest) => await service.request(request);
		const pages = scimPages(send, picker.path, isAsked ? conditions.join(' or ') : '');
		// What the service has searched needs no second search here.
		const choices = new Choices(isAsked ? '' : typed, token);
		const { from, found, onShortfall } = choices;
		const listing = {
			pageSize: PAGE_SIZE,
			limit: Infinity,
			readAhead: () => 0,
			from,
			found,
			onShortfall,
		};
		for await (const batch of readBatches(pages, listing)) {
			const next = choices.take(batch, (record) => ({
				name: picker.title(record),
				id: attribute(record, 'id'),
			}));
			if (next !== undefined) return { results: choices.results, paginationToken: next };
		}
		return { results: choices.results };
	} catch (error) {
		// Not every service understands "or".
		const isInVain = !isSearchedHere && isNotUnderstood(error);
		if (isInVain) return await search.call(this, picker, typed, token, true);
		throw toNodeError(this, error, picker);
	}
}

async function hasFilters(service: ScimService): Promise<boolean> {
	const reading = service.request({ path: 'ServiceProviderConfig' });
	const config = await catchStatus(reading, 403, 404, 405, 501);
	return readFeatures(isRefusal(config) ? {} : config).filter;
}

function namesOf(record: IDataObject) {
	const text = (name: string) => String(attribute(record, name) ?? '');
	return { displayName: text('displayName'), userName: text('userName') };
}
