import type { SafeText } from './redaction.mts';

/** `known`: as the API notes say. `new`: the API notes do not say, so this answers a question. */
export type Standing = 'known' | 'differs' | 'new';

/** One thing that a run found out. */
export interface Finding {
	/** Identifies the topic, in every report alike: `size.page`, `filter.ignored`. */
	topic: string;
	standing: Standing;
	text: SafeText;
	/** The section of appspace-api.md that covers it. */
	section: string;
	/** The endpoint, if it is about one. */
	endpoint?: string;
}
