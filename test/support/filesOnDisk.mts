import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container, core } from './n8nModules.mts';

/** Makes n8n keep the files of executions on disk, as in production, instead of in memory. */
export interface FilesOnDisk {
	/** The names of the stored files, without n8n's metadata files. */
	names(): Promise<string[]>;
	/** Switches back to memory. */
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
