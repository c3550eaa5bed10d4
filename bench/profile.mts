import { markdownTable } from 'markdown-table';
import { openInstance } from '../test/n8n/instance.mts';
import { freePort } from '../test/n8n/n8n.mts';
import { profileOf, sharesIn } from './cpuProfile.mts';
import { InN8n } from './inN8n.mts';
import { startTenant } from './tenant.mts';

const ITEMS = 1_000;
const ROUNDS = 4;
const SHOWN = 12;

/**
 * Prints where the real n8n spends its time while the Appspace node, and the HTTP Request node with the
 * same credential, get one record for each of 1,000 items.
 */
export async function profileInN8n(): Promise<void> {
	const port = await freePort();
	const env = { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` };
	const instance = await openInstance({ env }, (line) => console.error(line));
	const tenant = await startTenant(ITEMS);
	try {
		const n8n = await InN8n.open(instance, tenant);
		const ids = await tenant.userIds(ITEMS);
		for (const contender of [await n8n.items(ids), await n8n.httpItems(ids)]) {
			await contender.run();
			const profile = await profileOf(port, async () => {
				for (let round = 0; round < ROUNDS; round++) await contender.run();
			});
			const rows = sharesIn(profile)
				.slice(0, SHOWN)
				.map(([owner, share]) => [owner, `${(share * 100).toFixed(1)} %`]);
			console.log(`\n${contender.name}\n\n${markdownTable([['Package', 'Share'], ...rows])}`);
		}
	} finally {
		await tenant.close();
		await instance.close();
	}
}
