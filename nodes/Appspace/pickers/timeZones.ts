import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { anyContains } from '../runtime/pick';

/** The time zones that Node.js knows, plus UTC, which its list leaves out. */
export async function searchTimeZones(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
	// Users may type "new york" for "America/New_York".
	const wanted = filter.trim().replaceAll(' ', '_');
	return {
		results: zones
			.filter((zone) => anyContains([zone], wanted))
			.map((zone) => ({ name: zone.replaceAll('_', ' '), value: zone })),
	};
}
