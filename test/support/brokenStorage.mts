import { Container, core } from './n8nModules.mts';

type Pieces = AsyncIterable<Uint8Array>;

/** The place where n8n keeps the files of executions, which fails. */
export interface BrokenStorage {
	/** Switches back to memory. */
	end(): void;
}

/**
 * Makes n8n store the files of executions in a place that fails.
 *
 * @param store what happens to a file
 */
export function breakStorage(store: (file: Pieces) => Promise<never>): BrokenStorage {
	const service = Container.get(core.BinaryDataService) as unknown as {
		mode: string;
		managers: Record<string, unknown>;
	};
	const { mode, managers } = service;
	const broken = { store: async (_place: unknown, file: Pieces) => await store(file) };
	Object.assign(service, { mode: 'broken', managers: { ...managers, broken } });
	return { end: () => void Object.assign(service, { mode, managers }) };
}
