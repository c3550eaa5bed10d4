/**
 * Lets this process's clock jump ahead, for the package and the sandbox alike: an hour of a token's life
 * passes at once, and no result depends on how busy the machine is. Timers are not affected.
 */
export function movableClock(): { advance(seconds: number): void; restore(): void } {
	let ahead = 0;
	const now = Date.now.bind(Date);
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
	return {
		advance: (seconds) => (ahead += seconds * 1_000),
		restore: () => clock.mockRestore(),
	};
}
