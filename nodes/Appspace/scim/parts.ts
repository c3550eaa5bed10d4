import type { IDataObject } from 'n8n-workflow';
import { badInput } from '../transport/failure';
import { mayFulfillOneOf } from './conditions';
import { comparison, conditionsIn } from './filter';

/** A part of a search. A record fulfills it through one of its alternatives. */
export interface Part {
	/** Filters as in RFC 7644 3.4.2.2. */
	alternatives: string[];
	/** A check of each record, in case the service ignores the filter. */
	matches?: (record: IDataObject) => boolean;
	/** Whether that check finds the records even without a filter. */
	isEnough?: boolean;
}

/**
 * Turns the filters of a user into parts that must all hold. "Or" is for the conditions alone. Nothing can
 * check the raw filter.
 *
 * @param filters conditions, and a SCIM filter as text, as defined in `fields/scimFilters.ts`
 */
export function partsOf(filters: IDataObject, zone: string): Part[] {
	const conditions = conditionsIn(filters.conditions);
	const { combine, filter = '' } = filters;
	if (typeof filter !== 'string') {
		throw badInput('The filter "SCIM Filter" is not text', 'Enter text such as active eq true.');
	}
	const groups = combine === 'or' ? [conditions] : conditions.map((one) => [one]);
	const built = groups
		.filter((group) => group.length > 0)
		.map((group) => ({
			alternatives: group.map((one) => comparison(one, zone)),
			matches: mayFulfillOneOf(group, zone),
		}));
	return [...built, ...(filter === '' ? [] : [{ alternatives: [filter] }])];
}
