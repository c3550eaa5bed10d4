import { unusable, type Description } from './document';
import { isRecord } from '../transport/record';
import { isUsableName, own, type JsonObject } from './untrusted';

/** Parts that are looked at for one purpose: a few dozen milliseconds, and far more than anybody can use. */
const MOST_PARTS = 20_000;
/** References that lead to references; more are a circle. */
const MOST_HOPS = 32;

/**
 * One look at a description, with a budget: each entry of a list, each property and each step of a reference
 * is a part. Lists and objects are counted before they are gone through, so a description that a tenant made
 * endless, or that leads to the same place again and again, costs no more than a large one.
 */
export class Traversal {
	/**
	 * @param tooMuch what there is too much of, for the message
	 * @param left how many parts may be looked at
	 */
	constructor(
		readonly description: Description,
		private readonly tooMuch: string,
		private left = MOST_PARTS,
	) {}

	get root(): JsonObject {
		return this.description.root;
	}

	/** @throws RequestFailed once the budget is spent */
	spend(parts: number): void {
		this.left -= parts;
		if (this.left < 0) throw unusable(this.description.service, this.tooMuch);
	}

	/**
	 * An object of the description, or the one that its references lead to. References that leave the
	 * document are never followed.
	 *
	 * @returns undefined where there is none
	 */
	resolved(node: unknown): JsonObject | undefined {
		let here = node;
		for (let hops = 0; hops < MOST_HOPS && isRecord(here); hops++) {
			this.spend(1);
			const reference = own(here, '$ref');
			if (typeof reference !== 'string') return here;
			here = this.pointedTo(reference);
		}
		return undefined;
	}

	/** A list that an object holds under this name; empty where there is none. */
	list(node: unknown, name: string): unknown[] {
		const value = own(node, name);
		if (!Array.isArray(value)) return [];
		this.spend(value.length);
		return value;
	}

	/** The same where a single value may stand instead of a list. */
	values(node: unknown, name: string): unknown[] {
		const value = own(node, name);
		return Array.isArray(value) ? this.list(node, name) : [value];
	}

	/** The properties of the object under this name, without those that no description has a use for. */
	entries(node: unknown, name: string): Array<[name: string, value: unknown]> {
		const value = own(node, name);
		if (!isRecord(value)) return [];
		const names = Object.keys(value);
		this.spend(names.length);
		return names.filter(isUsableName).map((key) => [key, value[key]]);
	}

	/** What a JSON pointer within the document, such as `#/components/schemas/Device`, leads to. */
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
