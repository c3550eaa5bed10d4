/** What a user reads when an item fails. */
export interface ShownError {
	message: string;
	description?: string | null;
}

/** Words that only developers understand. */
const JARGON =
	/\bE[A-Z]{4,}\b|\bERR_|\bHPE_|\bundefined\b|\bNaN\b|\[object|status code \d|socket hang up|\baborted\b|axios|\bJSON at\b|Unexpected (token|end)|Cannot (read|set)|is not a function|Invalid URL|call stack|\bat \S+\.m?[jt]s/;
const LONGEST_MESSAGE = 250;

/**
 * What keeps an error from being one clear sentence with a remedy and without a secret.
 * @param item the failed item, if the message has to name it
 * @returns the complaints; none for a clear error
 */
export function unclear(
	{ message, description }: ShownError,
	secrets: readonly string[],
	item?: number,
): string[] {
	const text = `${message} ${description ?? ''}`;
	const complaints: Record<string, boolean> = {
		'does not begin like a sentence': !/^["\p{Lu}]/u.test(message),
		'is longer than a sentence': message.length > LONGEST_MESSAGE,
		'says nothing about what to do': !description,
		'speaks in codes': JARGON.test(text),
		'contains a secret': secrets.some((secret) => secret !== '' && text.includes(secret)),
		'does not name its item': item !== undefined && !message.includes(`(item ${item})`),
	};
	return Object.keys(complaints).filter((complaint) => complaints[complaint]);
}
