import type { Answer } from './answer.mts';
import { MODES, type Channel } from './data/channels.mts';
import type { Settings } from './settings.mts';

/** Fields that are left out when they are empty (appspace-api.md 3.2), by kind of record. */
const MAY_BE_EMPTY = {
	channel: ['description', 'caption', 'networkId', 'networkName'],
	channelGroup: ['description'],
	playlistItem: [
		...['articleUrl', 'contentNaturalDuration', 'contentTemplateId', 'contentTemplateType'],
		...['sourceId', 'sourceName', 'sourceType'],
	],
	reservation: ['notes'],
	resource: ['capacity'],
	user: ['department', 'jobTitle', 'homeLocation'],
	visitor: ['lastVisit'],
} as const;

interface Viewer {
	settings: Settings;
}

/** A record as the tenant shows it: empty fields are absent, or null if the settings say so. */
export function shown(
	{ settings }: Viewer,
	kind: keyof typeof MAY_BE_EMPTY,
	record: object,
): object {
	if (settings.emptyFields === 'absent') return record;
	const filled = Object.entries(record).filter(([, value]) => value !== undefined);
	const empty = MAY_BE_EMPTY[kind].map((name) => [name, null]);
	return { ...Object.fromEntries(empty), ...Object.fromEntries(filled) };
}

/** A channel with its modes as text, or as numbers if the settings say so. */
export function shownChannel(viewer: Viewer, channel: Channel): object {
	const record = shown(viewer, 'channel', channel);
	if (viewer.settings.channelModes === 'text') return record;
	const modes = [channel.subscriptionMode, channel.membershipMode].map((mode) =>
		MODES.findIndex((one) => one === mode),
	);
	return { ...record, subscriptionMode: modes[0], membershipMode: modes[1] };
}

/** A field that holds only a time. Text written by people stays unchanged. */
const TIME = /("\w*(?:At|Date)":\s*"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z?")/g;

/** A response with its times in the form that the settings ask for. */
export function withFractions(answer: Answer, { fractions }: Settings): Answer {
	const isJson = answer.headers['content-type']?.includes('json');
	if (fractions === 'whereThere' || !isJson || typeof answer.body !== 'string') return answer;
	const body = answer.body.replace(
		TIME,
		(_, time: string, fraction: string = '.000', end: string) =>
			fractions === 'always' ? time + fraction + end : time + end,
	);
	return { ...answer, body };
}
