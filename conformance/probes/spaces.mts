import { isSuccess } from '../answers.mts';
import type { Ask } from '../ask.mts';
import { listOf, recordsOf, type Exchange, type JsonObject } from '../exchange.mts';
import { NO_ID } from '../expectations/expectation.mts';
import type { Finding } from '../finding.mts';
import { listed, say, type Said } from '../redaction.mts';
import { tomorrow } from './tomorrow.mts';

const RESOURCES = 'reservation/resources';
const RESERVABLE = 'reservation/resources/reservable';
const SECTION = '5.5';

/** Words of `subType` that were seen; a report may show them. */
const SUB_TYPES = new Map<unknown, Said>([
	['VideoConferenceRoom', say`VideoConferenceRoom`],
	['HuddleSpace', say`HuddleSpace`],
	['Desk', say`Desk`],
]);

/** How floors, buildings and kinds of spaces go together (appspace-api.md 7, questions 16 and 18). */
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
		const text = say`whether the network of a space is its floor stays open: there are no floors, or no networks`;
		return { topic: 'floors.open', standing: 'new', text, section: SECTION };
	}
	const isFloor = networks.some((id) => floors.has(id));
	return {
		topic: isFloor ? 'floors.networks' : 'floors.apart',
		standing: isFloor ? 'differs' : 'known',
		text: isFloor
			? say`the networkId of a space is its floor, not a location such as the building`
			: say`floors have IDs apart from the networkId of their spaces`,
		section: SECTION,
	};
}

function judgeShownFloors(spaces: readonly JsonObject[]): Finding[] {
	if (spaces.length === 0) return [];
	const names = [
		['resourceFloorId', say`resourceFloorId`],
		['floorId', say`floorId`],
	] as const;
	const shown = names.filter(([name]) => spaces.some((space) => Object.hasOwn(space, name)));
	const isShown = shown.length > 0;
	return [
		{
			topic: isShown ? 'floors.shown' : 'floors.notShown',
			standing: 'new',
			text: isShown
				? say`records of spaces show their floor, as ${listed(shown.map(([, name]) => name))}`
				: say`records of spaces do not show their floor, as far as it is known by name`,
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
			? say`the search for spaces honors floorIds`
			: say`the search for spaces ignores floorIds`,
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
	const text = say`words of subType that are known: ${listed(known.map(([, said]) => said))}`;
	return [
		...(known.length > 0 ? [{ topic: 'subTypes.known', text, ...at }] : []),
		...(others > 0
			? [{ topic: 'subTypes.others', text: say`other words of subType: ${others}`, ...at }]
			: []),
	];
}
