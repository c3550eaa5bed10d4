import { ChangingTenant } from '../../support/changingTenant.mts';
import { CredentialStore } from '../../support/credentialStore.mts';
import { PublishedTrigger } from '../../support/triggerEngine.mts';

let tenant: ChangingTenant;
beforeEach(async () => (tenant = await ChangingTenant.start('users')));
afterEach(async () => await tenant.close());

test('an older copy of the state, from before stock was taken, does not replace it', async () => {
	const data = {
		baseUrl: tenant.url,
		authentication: 'applicationToken',
		subjectId: 'older',
		refreshToken: 'older',
	};
	const trigger = new PublishedTrigger({
		credentials: new CredentialStore({ main: { type: 'appspaceApi', data } }),
		parameters: { event: 'userDeleted', options: { mostGone: 100 } },
	});
	tenant.records = [{ id: 'first' }];
	await trigger.publish();
	tenant.records = [];
	await trigger.tick();
	expect(await trigger.tick()).toMatchObject([{ id: 'first' }]);
	const older = trigger.saved;

	// The state is lost, so the trigger takes stock anew, and again counts the polls with events from zero.
	trigger.overwrite('{}');
	tenant.now += 60_000;
	await trigger.crash();
	tenant.records = [{ id: 'second' }];
	await trigger.tick();
	tenant.records = [];
	trigger.overwrite(older);
	await trigger.publish();
	expect(await trigger.tick()).toMatchObject([{ id: 'second' }]);
});
