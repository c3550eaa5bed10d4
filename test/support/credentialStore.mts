import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { setTimeout as delay } from 'node:timers/promises';

export interface StoredCredential {
	type: string;
	data: ICredentialDataDecryptedObject;
}

export interface CredentialWrite {
	id: string;
	/** The keys whose value changed; empty if the same data was written again. */
	keys: string[];
	/** Milliseconds since the epoch. */
	at: number;
	/** `n8n` if a hook's result was stored, `user` if the test edited the credential. */
	by: 'n8n' | 'user';
}

/**
 * The credentials table, in memory. Several engines can share one store, as several n8n workers share one
 * database: as in n8n, reading and writing are two steps without a lock.
 */
export class CredentialStore {
	/** Every change in order, by the engine and by the test. */
	readonly writes: CredentialWrite[] = [];

	/** How often the engine read a credential. */
	reads = 0;

	/** The duration of each read and write of the engine, in milliseconds. */
	latency: number;

	private readonly rows: Map<string, StoredCredential>;

	constructor(initial: Record<string, StoredCredential>, options: { latency?: number } = {}) {
		this.rows = new Map(Object.entries(structuredClone(initial)));
		this.latency = options.latency ?? 0;
	}

	has(id: string): boolean {
		return this.rows.has(id);
	}

	typeOf(id: string): string {
		return this.row(id).type;
	}

	/** The stored data, as `n8n export:credentials --decrypted` would show it. Does not count in `reads`. */
	read(id: string): ICredentialDataDecryptedObject {
		return structuredClone(this.row(id).data);
	}

	/** Edits the stored credential as a user would; keys that `changes` does not name stay. */
	write(id: string, changes: ICredentialDataDecryptedObject): void {
		this.replace(id, { ...this.read(id), ...changes }, 'user');
	}

	/** A read by the engine. */
	async load(id: string): Promise<ICredentialDataDecryptedObject> {
		this.reads += 1;
		if (this.latency > 0) await delay(this.latency);
		return this.read(id);
	}

	/** A write by the engine: the whole row, regardless of what others wrote since it was read. */
	async save(id: string, data: ICredentialDataDecryptedObject): Promise<void> {
		if (this.latency > 0) await delay(this.latency);
		this.replace(id, data, 'n8n');
	}

	private replace(
		id: string,
		data: ICredentialDataDecryptedObject,
		by: CredentialWrite['by'],
	): void {
		const row = this.row(id);
		const keys = [...new Set([...Object.keys(row.data), ...Object.keys(data)])].filter(
			(key) => JSON.stringify(row.data[key]) !== JSON.stringify(data[key]),
		);
		row.data = structuredClone(data);
		this.writes.push({ id, keys, at: Date.now(), by });
	}

	private row(id: string): StoredCredential {
		const row = this.rows.get(id);
		if (!row) throw new Error(`The credential store has no credential "${id}".`);
		return row;
	}
}
