import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { anyContains } from '../runtime/pick';

/** The time zones that this Node knows by name, and UTC, which its own list leaves out. */
export async function searchTimeZones(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
	// People type "new york".
	const wanted = filter.trim().replaceAll(' ', '_');
	return {
		results: zones
			.filter((zone) => anyContains([zone], wanted))
			.map((zone) => ({ name: zone.replaceAll('_', ' '), value: zone })),
	};
}
