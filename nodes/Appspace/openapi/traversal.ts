import { unusable, type Description } from './document';
import { isRecord } from '../transport/record';
import { isUsableName, own, type JsonObject } from './untrusted';

/**
 * The most parts to read for one purpose: takes a few dozen milliseconds and covers far more than anyone
 * can use.
 */
const MAX_PARTS = 20_000;
/** The longest chain of references; a longer one is a cycle. */
const MAX_HOPS = 32;

/**
 * One read of a description, within a budget. Each entry of a list, each property, and each step of a
 * reference counts as a part, and lists and objects are counted before they are read. So a description that
 * is endless or repeats itself costs no more than a large one.
 */
export class Traversal {
	/**
	 * @param tooMuch the reason for the message when the budget is spent
	 * @param left how many parts may be read
	 */
	constructor(
		readonly description: Description,
		private readonly tooMuch: string,
		private left = MAX_PARTS,
	) {}

	get root(): JsonObject {
		return this.description.root;
	}

	/**
	 * Counts parts against the budget.
	 *
	 * @throws RequestFailed once the budget is spent
	 */
	spend(parts: number): void {
		this.left -= parts;
		if (this.left < 0) throw unusable(this.description.service, this.tooMuch);
	}

	/**
	 * Follows references to an object of the description. Never follows a reference out of the document.
	 *
	 * @returns undefined if there is no object
	 */
	resolved(node: unknown): JsonObject | undefined {
		let here = node;
		for (let hops = 0; hops < MAX_HOPS && isRecord(here); hops++) {
			this.spend(1);
			const reference = own(here, '$ref');
			if (typeof reference !== 'string') return here;
			here = this.pointedTo(reference);
		}
		return undefined;
	}

	/** The list under this name; empty if there is none. */
	list(node: unknown, name: string): unknown[] {
		const value = own(node, name);
		if (!Array.isArray(value)) return [];
		this.spend(value.length);
		return value;
	}

	/** Like `list`, but a single value counts as a list of one. */
	values(node: unknown, name: string): unknown[] {
		const value = own(node, name);
		return Array.isArray(value) ? this.list(node, name) : [value];
	}

	/** The properties of the object under this name, without names that no description needs. */
	entries(node: unknown, name: string): Array<[name: string, value: unknown]> {
		const value = own(node, name);
		if (!isRecord(value)) return [];
		const names = Object.keys(value);
		this.spend(names.length);
		return names.filter(isUsableName).map((key) => [key, value[key]]);
	}

	/** The target of a JSON pointer within the document, such as `#/components/schemas/Device`. */
	private pointedTo(reference: string): unknown {
		if (!reference.startsWith('#/')) return undefined;
		const steps = reference.slice(2).split('/');
		this.spend(steps.length);
		return steps.map(unescaped).reduce<unknown>((here, step) => own(here, step), this.root);
	}
}

function unescaped(step: string): string {
	const plain = step.replaceAll('~1', '/').replaceAll('~0', '~');
	try {
		return decodeURIComponent(plain);
	} catch {
		return plain;
	}
}
