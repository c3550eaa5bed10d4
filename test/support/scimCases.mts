/** Where a case runs: on the service that others wrote, or on the front of our own. */
export type Ground =
	'scimmy 1.3.5 with scimmy-routers 1.3.2, over HTTP' | `front of our own, ${string}`;

export const SCIMMY: Ground = 'scimmy 1.3.5 with scimmy-routers 1.3.2, over HTTP';

/** Runs cases on a ground, and says at the end of the file which ran where. */
export function casesOn(ground: Ground) {
	const names: string[] = [];
	afterAll(() => {
		process.stdout.write(`\nOn ${ground}:\n${names.map((name) => `  ${name}`).join('\n')}\n`);
	});
	return (name: string, work: () => Promise<void>, timeout?: number) => {
		names.push(name);
		it(name, work, timeout);
	};
}
