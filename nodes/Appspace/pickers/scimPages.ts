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

/** A picker over SCIM. */
interface ScimPicker extends Pick<Resource, 'credential' | 'dependsOn'> {
	plural: string;
	path: string;
	/** The attributes to search in. */
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
	dependsOn: 'SCIM groups require the tenant option "Enable User Group Sync".',
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
 * A page of choices. The service does the search; if it does not support filters or does not understand
 * this one, the node searches the whole list.
 *
 * @param token the token returned with the previous page
 * @throws NodeApiError or NodeOperationError: an unreadable list must not look empty
 */
async function search(
	this: ILoadOptionsFunctions,
	picker: ScimPicker,
	typed = '',
	token = '0',
	isLocalSearch = false,
): Promise<INodeListSearchResult> {
	const service = new ScimService(this, 1);
	try {
		const isServerSearch = typed !== '' && !isLocalSearch && (await hasFilters(service));
		const conditions = picker.searched.map((name) => `${name} co ${quoted(typed)}`);
		const send = async (request: TenantRequest) => await service.request(request);
		const pages = scimPages(send, picker.path, isServerSearch ? conditions.join(' or ') : '');
		// If the service did the search, do not search its result again.
		const choices = new Choices(isServerSearch ? '' : typed, token);
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
		// Some services do not understand "or" in a filter.
		if (!isLocalSearch && isNotUnderstood(error))
			return await search.call(this, picker, typed, token, true);
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
