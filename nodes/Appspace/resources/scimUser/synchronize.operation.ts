import { isPreview } from '../../fields/mode';
import type { Operation } from '../../runtime/operation';
import { strayHint } from './protectedUsers';
import { directoryOf, takeSteps } from './synchronizeSteps';
import { settingsIn, synchronizeFields } from './synchronizeFields';
import { simplifySynchronized } from './synchronizeOutput';
import { stepsFor } from './synchronization';
import { wantedUsers } from './wantedUsers';

export const synchronize: Operation = {
	value: 'synchronize',
	name: 'Synchronize',
	action: 'Synchronize provisioned users with a list',
	description:
		'Create, update, and reactivate users to match a list, and deactivate users who are missing from it',
	effect: 'write',
	effectOn: (call) => (isPreview(call.text('mode')) ? 'read' : 'write'),
	endpoints: [
		'GET /identity/scim/Users',
		'POST /identity/scim/Users',
		'GET /identity/scim/Users/{id}',
		'PATCH /identity/scim/Users/{id}',
		'GET /identity/scim/Groups/{id}',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'DOCUMENTED', sources: 'S13' },
	fields: synchronizeFields,
	simplify: simplifySynchronized,

	async runAll(run) {
		const [call] = run.calls;
		if (!call) return [];
		const settings = settingsIn(run);
		const wanted = wantedUsers(run.calls, settings.matchBy);
		const work = async () => {
			const directory = await directoryOf(call, settings);
			const steps = stepsFor(wanted, directory, settings);
			const stray = strayHint(settings.protectedUsers, steps, directory.users);
			if (stray !== undefined) call.hint(stray);
			return await takeSteps(run, steps, settings);
		};
		// Two runs at once would both miss the same user. This key sorts before those of users; see `Turns.take`.
		return settings.isApplied ? await call.runExclusive('synchronize users', work) : await work();
	},
};
