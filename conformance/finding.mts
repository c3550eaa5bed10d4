import type { Said } from './redaction.mts';

/** `known`: as the dossier says. `new`: it does not say, so this answers a question. */
export type Standing = 'known' | 'differs' | 'new';

/** One thing that a run found out. */
export interface Finding {
	/** Names the matter, in every report alike: `size.page`, `filter.ignored`. */
	topic: string;
	standing: Standing;
	text: Said;
	/** The section of appspace-api.md that tells of it. */
	section: string;
	/** The endpoint, where it is about one. */
	endpoint?: string;
}
