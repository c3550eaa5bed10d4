import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { isRead, searchesOf, WriteRefused } from '../../conformance/guard.mts';
import { Pace } from '../../conformance/pace.mts';
import { Sender } from '../../conformance/sender.mts';
import { resources } from '../../nodes/Appspace/resources/resources.ts';

const searches = searchesOf(resources);

describe('what may be sent', () => {
	it('by POST are the searches of operations that read, and the token exchange', () => {
		expect([...searches].sort()).toEqual([
			'reservation/resources/reservable',
			'reservation/schedules',
			'reservation/useravailabilities',
		]);
		for (const path of [...searches, 'authorization/token']) {
			expect(isRead('POST', `/api/v3/${path}`, searches)).toBe(true);
		}
	});

	it('is a GET of anything', () => {
		fc.assert(fc.property(fc.webPath(), (path) => isRead('GET', path, searches)));
	});

	it('is no other method, on whatever path', () => {
		const methods = ['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'get', 'post', 'COPY', 'MERGE'];
		const paths = fc.oneof(
			fc.webPath(),
			fc.constantFrom(...searches).map((path) => `/api/v3/${path}`),
		);
		fc.assert(
			fc.property(
				fc
					.oneof(fc.constantFrom(...methods), fc.string())
					.filter((one) => !/^(GET|POST)$/.test(one)),
				paths,
				(method, path) => !isRead(method, path, searches),
			),
		);
	});

	it.each([
		'/api/v3/reservation/reservations',
		'/api/v3/reservation/resources/reservable/x',
		'/api/v3/reservation/resources/reservable/',
		'/api/v3/x/reservation/schedules',
		'/api/v3//reservation/schedules',
		'/api/v3/reservation%2Fschedules',
		'/reservation/schedules',
		'/api/v3/devices/sync',
		'/api/v3/authorization/token/revoke',
	])('is no POST to %s', (path) => {
		expect(isRead('POST', path, searches)).toBe(false);
	});

	it('is never anything that an operation which writes has as its endpoint', () => {
		const writes = resources
			.flatMap(({ operations }) => operations)
			.filter(({ effect }) => effect !== 'read')
			.flatMap(({ endpoints }) => endpoints)
			.filter((endpoint) => !endpoint.startsWith('GET '));
		expect(writes.length).toBeGreaterThan(20);
		// A search that an operation does before it writes is one all the same.
		const allowed = writes.filter((endpoint) => {
			const [method = '', path = ''] = endpoint.split(' ');
			return isRead(method, `/api/v3/${path}`, searches);
		});
		expect(allowed).toEqual([]);
	});
});

describe('the way to the tenant', () => {
	const seen: string[] = [];
	const server = createServer((request, response) => {
		seen.push(`${request.method} ${request.url}`);
		response.end('{}');
	});
	let origin = '';
	let sender: Sender;

	beforeAll(async () => {
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		sender = new Sender(origin, new Pace(Infinity), searches, []);
	});
	afterAll(async () => {
		await sender.close();
		server.close();
	});

	const send = async (method: string, target: string) =>
		await sender.send({ by: 'check', method, target, headers: {} });

	it('is shut for writes before anything is sent, and open for reads', async () => {
		await expect(send('DELETE', '/api/v3/users/1')).rejects.toThrow(WriteRefused);
		await expect(send('POST', '/api/v3/devices/sync')).rejects.toThrow(WriteRefused);
		await expect(send('POST', '/api/v3/reservation/schedules/../reservations')).rejects.toThrow(
			WriteRefused,
		);
		await send('GET', '/api/v3/users');
		expect(seen).toEqual(['GET /api/v3/users']);
		expect(sender.refused).toBe(3);
	});

	it('leads to the tenant alone', async () => {
		await expect(send('GET', '.example.com/api/v3/users')).rejects.toThrow();
		await expect(send('GET', '@example.com/api/v3/users')).rejects.toThrow(WriteRefused);
		expect(seen).toHaveLength(1);
	});

	it('hands on no header that could turn a read into something else', async () => {
		const headers = { 'x-http-method-override': 'DELETE', authorization: 'Bearer x' };
		const got = new Promise<unknown>((resolve) => {
			server.once('request', (request) => resolve(request.headers));
		});
		await sender.send({ by: 'check', method: 'GET', target: '/api/v3/users', headers });
		expect(await got).toMatchObject({ authorization: 'Bearer x' });
		expect(await got).not.toHaveProperty('x-http-method-override');
	});
});
