/** Where a case runs: on the third-party service or on our own front. */
export type Ground =
	'scimmy 1.3.5 with scimmy-routers 1.3.2, over HTTP' | `our own front, ${string}`;

export const SCIMMY: Ground = 'scimmy 1.3.5 with scimmy-routers 1.3.2, over HTTP';

/** Runs cases on a service, and reports at the end of the file which ran where. */
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
