import { impatientEngine } from '../support/changedPackage.mts';
import { playEndings, type Endings } from './endings.mts';
import { SUBJECTS } from './examples.mts';

const TIMEOUT = 500;
let endings: Endings;

beforeAll(async () => {
	const impatient = await impatientEngine(TIMEOUT);
	endings = await playEndings({
		impatient,
		timeout: TIMEOUT,
		seed: 20_250_301,
		stops: 1,
		lanes: 24,
	});
}, 180_000);

it('every operation ends with endless responses and with Stop', () => {
	expect(endings.hung).toEqual([]);
	expect(endings.endless).toBeGreaterThanOrEqual(SUBJECTS.length);
	expect(endings.stopped).toBeGreaterThan(SUBJECTS.length / 2);
});
