import type { Words } from './names.mts';
import type { Random } from './random.mts';

/** Fields of appspace-api.md 5.2. */
export interface CardTemplateType {
	id: string;
	key: string;
	name: string;
	category: string;
	developer: string;
	version: string;
}

/** The fields that clients send to create a template (appspace-api.md 5.2). */
export interface CardTemplate {
	id: string;
	cardTemplateTypeId: string;
	name: string;
	model: unknown;
	schema: unknown;
	permissions: unknown;
	theme: unknown;
}

const KEYS = ['menu', 'countdown', 'welcome', 'weather'];

export function makeCardTemplateTypes(random: Random): CardTemplateType[] {
	return KEYS.map((key) => ({
		id: random.guid(),
		key,
		name: `${key[0]?.toUpperCase()}${key.slice(1)}`,
		category: random.pick(['Information', 'Signage']),
		developer: 'Example Company',
		version: `1.${random.int(0, 20)}.0`,
	}));
}

export function makeCardTemplates(
	random: Random,
	words: Words,
	types: readonly CardTemplateType[],
): CardTemplate[] {
	return types.flatMap((type) =>
		[1, 2].map(() => ({
			id: random.guid(),
			cardTemplateTypeId: type.id,
			name: random.pick(words.products),
			model: { title: random.pick(words.sentences), rows: [] },
			schema: { type: 'object' },
			permissions: [],
			theme: { name: 'Default' },
		})),
	);
}
