import { services } from '../../sandbox/routes/services.mts';
import { startSandbox } from '../../sandbox/server.mts';
import { ADD_ITS_ROW, KNOWN_ENDPOINTS } from '../support/dossier.mts';
import { call, freshToken } from './tenantClient.mts';

const known = KNOWN_ENDPOINTS.map(({ endpoint }) => endpoint);

/** These fail as they did for those who tried them; they are quirks, not endpoints to build on. */
const QUIRKS = [
	'GET signschannel',
	...['GET', 'PUT', 'POST', 'PATCH', 'DELETE'].map((method) => `${method} devices/{id}/properties`),
	'POST networks/devices/{id}/properties/delete',
];

it('answers every endpoint that there is evidence for (otherwise: add it to sandbox/routes)', async () => {
	const sandbox = await startSandbox({ settings: { reservable: 'both' } });
	const token = await freshToken(sandbox);
	const unanswered: string[] = [];
	for (const endpoint of known) {
		const [method = '', path = ''] = endpoint.split(' ');
		const real = path.replace('{service}', 'users').replace(/\{\w+\}/g, () => crypto.randomUUID());
		const answer = await call(sandbox, method, `/api/v3/${real}`, { token });
		const isThere = answer.status !== 405 && !answer.text.includes('The requested resource');
		if (!isThere) unanswered.push(endpoint);
	}
	await sandbox.close();
	expect(known.length).toBeGreaterThan(75);
	expect(unanswered).toEqual([]);
});

it(`answers none beyond it (otherwise: ${ADD_ITS_ROW})`, () => {
	const served = services
		.flatMap((service) => service.endpoints)
		.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
	const allowed = new Set([...known, ...QUIRKS]);
	expect(served.filter((endpoint) => !allowed.has(endpoint))).toEqual([]);
});
