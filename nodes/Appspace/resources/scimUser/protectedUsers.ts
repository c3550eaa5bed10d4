import type { IDataObject } from 'n8n-workflow';
import { firstFew } from '../../runtime/firstFew';
import { addressesOf } from './scimUserRecord';

/** The names of users that Synchronize never changes, as they were entered, by how they are compared. */
export type Protected = Map<string, string>;

/** A user whom a step is about: the one in Appspace, or else the new one. */
interface Subject {
	/** As the list has it. */
	userName: string;
	user?: IDataObject;
	attributes: () => IDataObject;
}

export function protectedIn(text: unknown): Protected {
	const names = String(text ?? '')
		.split(/[,;\r\n]/)
		.map((name) => name.trim())
		.filter((name) => name !== '');
	return new Map(names.map((name) => [keyOf(name), name]));
}

/** Whether a name is that of the user: as the list has it, as Appspace has it, or an email address. */
export function isProtected(step: Subject, names: Protected): boolean {
	return namesOf(step).some((name) => names.has(name));
}

/** What to say of names that neither a user nor an item has: without it, a slip would protect nobody. */
export function strayHint(
	names: Protected,
	steps: Subject[],
	users: IDataObject[],
): string | undefined {
	const known = new Set([...steps.flatMap(namesOf), ...users.flatMap(addressesOf).map(keyOf)]);
	const stray = [...names].filter(([key]) => !known.has(key)).map(([, name]) => name);
	return stray.length === 0
		? undefined
		: `"Protected Users" has names that fit no user and no item, so they protect nobody: ${firstFew(stray)}. Correct or remove them.`;
}

function namesOf({ userName, user, attributes }: Subject): string[] {
	return [userName, ...addressesOf(user ?? attributes())].map(keyOf);
}

function keyOf(name: unknown): string {
	return String(name).toLowerCase();
}
