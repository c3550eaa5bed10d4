import { isSuccess } from '../answers.mts';
import type { Ask } from '../ask.mts';
import { listOf, recordsOf, type Exchange, type JsonObject } from '../exchange.mts';
import { NO_ID } from '../expectations/expectation.mts';
import type { Finding } from '../finding.mts';
import { listed, safe, type SafeText } from '../redaction.mts';
import { tomorrow } from './tomorrow.mts';

const RESOURCES = 'reservation/resources';
const RESERVABLE = 'reservation/resources/reservable';
const SECTION = '5.5';

/** Known words of `subType`, which a report may show. */
const SUB_TYPES = new Map<unknown, SafeText>([
	['VideoConferenceRoom', safe`VideoConferenceRoom`],
	['HuddleSpace', safe`HuddleSpace`],
	['Desk', safe`Desk`],
]);

/** How floors, buildings, and kinds of spaces relate (appspace-api.md 7, questions 16 and 18). */
export async function probeSpaces(ask: Ask, exchanges: readonly Exchange[]): Promise<Finding[]> {
	const asked = await ask({ path: RESOURCES, query: { types: 'floor', start: 0, limit: 100 } });
	const floors = new Set(recordsOf(asked).map(({ id }) => id));
	const search = { ...tomorrow(), types: ['room', 'space'], limit: 100, page: 0 };
	const found = await ask({ method: 'POST', path: RESERVABLE, body: search });
	const spaces = [
		...(listOf(found.body) ? recordsOf(found) : []),
		...exchanges
			.filter(({ endpoint }) => endpoint?.startsWith(`GET ${RESOURCES}`))
			.flatMap(recordsOf)
			.filter(({ type }) => type !== 'floor'),
	];
	return [
		judgeNetworks(floors, spaces),
		...judgeShownFloors(spaces),
		...(isSuccess(found) ? [await judgeFilter(ask, search)] : []),
		...judgeSubTypes(spaces),
	];
}

function judgeNetworks(floors: ReadonlySet<unknown>, spaces: readonly JsonObject[]): Finding {
	const networks = spaces.map(({ networkId }) => networkId).filter((id) => id !== undefined);
	if (floors.size === 0 || networks.length === 0) {
		const text = safe`whether the network of a space is its floor remains open: there are no floors, or no networks`;
		return { topic: 'floors.open', standing: 'new', text, section: SECTION };
	}
	const isFloor = networks.some((id) => floors.has(id));
	return {
		topic: isFloor ? 'floors.networks' : 'floors.apart',
		standing: isFloor ? 'differs' : 'known',
		text: isFloor
			? safe`the networkId of a space is its floor, not a location such as the building`
			: safe`the IDs of floors differ from the networkId of their spaces`,
		section: SECTION,
	};
}

function judgeShownFloors(spaces: readonly JsonObject[]): Finding[] {
	if (spaces.length === 0) return [];
	const names = [
		['resourceFloorId', safe`resourceFloorId`],
		['floorId', safe`floorId`],
	] as const;
	const shown = names.filter(([name]) => spaces.some((space) => Object.hasOwn(space, name)));
	const isShown = shown.length > 0;
	return [
		{
			topic: isShown ? 'floors.shown' : 'floors.notShown',
			standing: 'new',
			text: isShown
				? safe`records of spaces show their floor, as ${listed(shown.map(([, name]) => name))}`
				: safe`records of spaces do not show their floor under a known name`,
			section: SECTION,
		},
	];
}

async function judgeFilter(ask: Ask, search: object): Promise<Finding> {
	const body = { ...search, floorIds: [NO_ID] };
	const answer = await ask({ method: 'POST', path: RESERVABLE, body });
	const isHonored = listOf(answer.body)?.length === 0 || [400, 404, 422].includes(answer.status);
	return {
		topic: isHonored ? 'floorIds.honored' : 'floorIds.ignored',
		standing: isHonored ? 'known' : 'differs',
		text: isHonored
			? safe`the search for spaces honors floorIds`
			: safe`the search for spaces ignores floorIds`,
		...{ section: SECTION, endpoint: `POST ${RESERVABLE}` },
	};
}

function judgeSubTypes(spaces: readonly JsonObject[]): Finding[] {
	const words = new Set(
		spaces.map(({ subType }) => subType).filter((word) => typeof word === 'string'),
	);
	const known = [...SUB_TYPES].filter(([word]) => words.has(word as string));
	const others = words.size - known.length;
	const at = { standing: 'new', section: SECTION } as const;
	const text = safe`known words of subType: ${listed(known.map(([, said]) => said))}`;
	return [
		...(known.length > 0 ? [{ topic: 'subTypes.known', text, ...at }] : []),
		...(others > 0
			? [{ topic: 'subTypes.others', text: safe`other words of subType: ${others}`, ...at }]
			: []),
	];
}
