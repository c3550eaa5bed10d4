/**
 * Lets the clock of this process jump ahead, for the package and the sandbox alike: an hour of a token's life
 * passes at once, and no verdict hangs on how busy the machine is. Timers go on as before.
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
