import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { call, freshToken } from './tenantClient.mts';

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(async () => {
	sandbox.reset();
	token = await freshToken(sandbox);
});
afterAll(() => sandbox.close());

const me = async () => await call(sandbox, 'GET', '/api/v3/users/me', { token });
const together = async (count: number) => await Promise.all(Array.from({ length: count }, me));

it('turns away what is more than the bucket holds, and serves it when the bucket has filled', async () => {
	// So slow that nothing comes back while the test asks.
	sandbox.set({ rateLimit: { perSecond: 0.001, depth: 3 } });
	const statuses = (await together(8)).map(({ status }) => status);
	expect(statuses.filter((status) => status === 200)).toHaveLength(3);
	expect(statuses.filter((status) => status === 429)).toHaveLength(5);
	sandbox.set({ rateLimit: { perSecond: 1_000_000, depth: 3 } });
	expect((await me()).status).toBe(200);
});

it('names a time to wait where it is told to', async () => {
	sandbox.set({ rateLimit: { perSecond: 0.5, depth: 1, retryAfter: true } });
	const refused = (await together(3)).filter(({ status }) => status === 429);
	expect(refused.map(({ headers }) => headers['retry-after'])).toEqual(['2', '2']);
	sandbox.set({ rateLimit: { perSecond: 0.001, depth: 1 } });
	const [silent] = (await together(3)).filter(({ status }) => status === 429);
	expect(silent?.headers).not.toHaveProperty('retry-after');
});

it('works on so many requests at a time, lets the others wait, and tells of the load', async () => {
	sandbox.set({ workers: { count: 2, milliseconds: 30 }, loggedLoad: 100 });
	const began = performance.now();
	await together(10);
	// Five rounds of two.
	expect(performance.now() - began).toBeGreaterThanOrEqual(5 * 30 - 5);
	expect(sandbox.load).toHaveLength(10);
	expect(Math.max(...sandbox.load.map(({ waiting }) => waiting))).toBeGreaterThan(0);
	expect(Math.max(...sandbox.load.map(({ waiting }) => waiting))).toBeLessThan(8);
});
