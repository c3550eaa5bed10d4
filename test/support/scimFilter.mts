type Json = Record<string, unknown>;

/** Words, parentheses, and JSON strings (RFC 7644 3.4.2.2, figure 1). */
const TOKENS = /\s*("(?:[^"\\]|\\.)*"|[()]|[^\s()"]+)/gy;

/**
 * Whether a record matches a filter, strictly by RFC 7644 3.4.2.2: "and" binds more tightly than "or", a
 * string is a JSON string, and strings are compared without regard to case unless an attribute says
 * otherwise, which none here does.
 * @param mindsCase whether letter case counts after all
 * @throws Error for an invalid filter
 */
export function matchesFilter(filter: string, record: Json, mindsCase = false): boolean {
	const tokens = tokensOf(filter);
	let next = 0;
	const take = () => tokens[next++];
	const isNext = (word: string) => tokens[next]?.toLowerCase() === word;

	const any = (): boolean => {
		let holds = all();
		while (isNext('or')) holds = (take(), all()) || holds;
		return holds;
	};
	const all = (): boolean => {
		let holds = one();
		while (isNext('and')) holds = (take(), one()) && holds;
		return holds;
	};
	const one = (): boolean => {
		if (isNext('not')) return (take(), !one());
		if (!isNext('(')) return comparison(take() ?? '', take() ?? '');
		take();
		const holds = any();
		if (take() !== ')') throw new Error('A parenthesis is not closed.');
		return holds;
	};
	const comparison = (path: string, operator: string): boolean => {
		const values = valuesAt(record, path);
		if (operator === 'pr') return values.length > 0;
		const operand = JSON.parse(take() ?? '') as unknown;
		const same = (value: unknown) => (mindsCase ? value : fold(value));
		return values.some((value) => compare(same(value), operator, same(operand)));
	};

	const holds = any();
	if (next < tokens.length) throw new Error(`"${tokens[next]}" is not expected here.`);
	return holds;
}

function tokensOf(filter: string): string[] {
	const tokens: string[] = [];
	TOKENS.lastIndex = 0;
	for (let at = 0; at < filter.trimEnd().length; at = TOKENS.lastIndex) {
		const [, token] = TOKENS.exec(filter) ?? [];
		if (token === undefined) throw new Error(`There is no token at ${at}.`);
		tokens.push(token);
	}
	return tokens;
}

/** The values of `userName`, `emails.value`, or `urn:...:User:department`. */
function valuesAt(record: Json, path: string): unknown[] {
	const urn = /^(urn:.*):([^:]+)$/i.exec(path);
	const names = urn ? [urn[1], ...(urn[2] ?? '').split('.')] : path.split('.');
	return names.reduce<unknown[]>(
		(values, name) =>
			values
				.flat()
				.map((value) => (value as Json | undefined)?.[name ?? ''])
				.flat()
				.filter((value) => value !== undefined && value !== null),
		[record],
	);
}

function compare(value: unknown, operator: string, operand: unknown): boolean {
	const [text, other] = [String(value), String(operand)];
	switch (operator) {
		case 'eq':
			return value === operand;
		case 'ne':
			return value !== operand;
		case 'co':
			return text.includes(other);
		case 'sw':
			return text.startsWith(other);
		case 'ew':
			return text.endsWith(other);
		case 'gt':
			return text > other;
		case 'ge':
			return text >= other;
		case 'lt':
			return text < other;
		case 'le':
			return text <= other;
		default:
			throw new Error(`"${operator}" is not an operator.`);
	}
}

function fold(value: unknown): unknown {
	return typeof value === 'string' ? value.toLowerCase() : value;
}
