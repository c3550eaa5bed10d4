/** Counts checks and prints each as one line, as in `npm run test:n8n`. */
export class Report {
	private passed = 0;
	private failed = 0;

	constructor(private readonly say: (line: string) => void = console.log) {}

	/** Runs one check, which fails by throwing. The others still run. */
	async check(title: string, assertion: () => void | Promise<void>): Promise<void> {
		try {
			await assertion();
			this.passed += 1;
			this.say(`ok - ${title}`);
		} catch (error) {
			this.failed += 1;
			this.say(`not ok - ${title}`);
			const message = error instanceof Error ? error.message : String(error);
			this.say(message.trim().replace(/^/gm, '    '));
		}
	}

	section(title: string): void {
		this.say(`\n# ${title}`);
	}

	note(text: string): void {
		this.say(text.replace(/^/gm, '  '));
	}

	/** Prints the last line; returns whether all checks passed. */
	finish(): boolean {
		this.say(`\n${this.passed} passed, ${this.failed} failed`);
		return this.failed === 0;
	}
}
