import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container, core } from './n8nModules.mts';

/** n8n keeping the files of executions on disk, as it does in production; else they are in memory. */
export interface FilesOnDisk {
	/** The names of the files that are kept; what n8n notes beside each is left out. */
	names(): Promise<string[]>;
	/** Back to memory. */
	end(): Promise<void>;
}

export async function keepFilesOnDisk(): Promise<FilesOnDisk> {
	const service = Container.get(core.BinaryDataService) as unknown as {
		config: object;
		mode: string;
		managers: object;
		init(): Promise<void>;
	};
	const { config, mode } = service;
	const folder = await mkdtemp(join(tmpdir(), 'binary-data-'));
	service.config = { ...config, mode: 'filesystem', localStoragePath: folder };
	await service.init();
	return {
		names: async () => {
			const entries = await readdir(folder, { recursive: true, withFileTypes: true });
			const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
			return files.filter((name) => !name.endsWith('.metadata'));
		},
		end: async () => {
			Object.assign(service, { config, mode, managers: {} });
			await rm(folder, { recursive: true });
		},
	};
}
