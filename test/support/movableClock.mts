export interface MovableClock {
	/** Time passes. */
	advance(seconds: number): void;
	/** Somebody sets the clock, and no time passes. */
	set(seconds: number): void;
	restore(): void;
}

/**
 * Lets this process's clock jump ahead, for the package and the sandbox alike: an hour of a token's life
 * passes at once, and no result depends on how busy the machine is. Timers are not affected.
 */
export function movableClock(): MovableClock {
	let [passed, off] = [0, 0];
	const [date, monotonic] = [Date.now.bind(Date), performance.now.bind(performance)];
	const clocks = [
		jest.spyOn(Date, 'now').mockImplementation(() => date() + passed + off),
		jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + passed),
	];
	return {
		advance: (seconds) => (passed += seconds * 1_000),
		set: (seconds) => (off += seconds * 1_000),
		restore: () => clocks.forEach((clock) => clock.mockRestore()),
	};
}
