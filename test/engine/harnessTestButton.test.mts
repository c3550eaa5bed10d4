import { resolve } from 'node:path';
import { CredentialStore } from '../support/credentialStore.mts';
import { Engine } from '../support/engine.mts';
import { Service } from '../support/fixture/service.mts';

const engine = new Engine(resolve('test/support/fixture'));

let service: Service;
let store: CredentialStore;

beforeEach(async () => {
	service = new Service();
	await service.listen();
	store = new CredentialStore({
		main: { type: 'probeApi', data: { baseUrl: service.url, secret: service.secret } },
	});
});

afterEach(async () => await service.close());

const withToken = (accessToken: string): void =>
	store.write('main', { accessToken, boundTo: service.secret });

describe('the Test button', () => {
	const test = async () => await engine.testCredential(store);

	it('runs the hook, stores its result and says so', async () => {
		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(store.read('main').accessToken).toBe(service.token);
	});

	it('says what the hook says', async () => {
		store.write('main', { secret: 'wrong' });
		expect(await test()).toEqual({ status: 'Error', message: 'The secret was not accepted.' });
	});

	it('resolves expressions', async () => {
		store.write('main', { secret: `={{ '${service.secret}'.trim() }}` });
		expect((await test()).status).toBe('OK');
	});

	it('prefers a rule, then the status text', async () => {
		withToken(service.token);
		service.answers['/me'] = { status: 418, text: 'Short and stout' };
		expect((await test()).message).toBe('The server is a teapot.');
		service.answers['/me'] = { status: 403, text: 'Not you' };
		expect((await test()).message).toBe('Not you');
		service.answers['/me'] = { status: 200, body: { locked: true } };
		expect((await test()).message).toBe('Locked.');
	});

	it('shows the code when nobody answers', async () => {
		withToken(service.token);
		await service.close();
		expect((await test()).message).toBe('ECONNREFUSED');
		await service.listen();
	});
});
