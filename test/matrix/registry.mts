import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import fastify from 'fastify';

/** The part of an npm registry that installing one package needs. */
export interface Registry {
	url: string;
	close(): Promise<void>;
}

interface Manifest {
	name: string;
	version: string;
}

/**
 * Publishes one packed package on loopback.
 *
 * @param address where its clients reach it, without a trailing slash
 */
export async function startRegistry(
	tarball: string,
	manifest: Manifest,
	address: string,
): Promise<Registry> {
	const { name, version } = manifest;
	const packed = await readFile(tarball);
	const file = `/${name}/-/${basename(tarball)}`;
	const published = {
		...manifest,
		_id: `${name}@${version}`,
		dist: {
			tarball: address + file,
			integrity: `sha512-${createHash('sha512').update(packed).digest('base64')}`,
			shasum: createHash('sha1').update(packed).digest('hex'),
		},
	};
	const app = fastify({ forceCloseConnections: true });
	app.get(`/${name}`, () => ({
		...{ _id: name, name, 'dist-tags': { latest: version }, versions: { [version]: published } },
		time: { [version]: new Date().toISOString() },
	}));
	for (const asked of [version, 'latest']) app.get(`/${name}/${asked}`, () => published);
	app.get(file, (_request, reply) => reply.type('application/octet-stream').send(packed));
	const url = await app.listen({ port: 0, host: '127.0.0.1' });
	return { url, close: () => app.close() };
}
