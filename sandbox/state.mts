import { randomBytes } from 'node:crypto';
import { Authorization } from './authorization.mts';
import { Random } from './data/random.mts';
import { Faults } from './faults.mts';
import { Load } from './load.mts';
import { Recording } from './recording.mts';
import { changedSettings } from './settingRules.mts';
import { defaultSettings, type Settings } from './settings.mts';
import { makeTenant, type Tenant, type TenantSize } from './tenant.mts';

/** Everything that one sandbox remembers: its tenant, secrets, settings, and requests. */
export class State {
	readonly recording = new Recording();
	settings: Settings;
	tenant!: Tenant;
	authorization!: Authorization;
	faults!: Faults;
	load!: Load;
	/** The static token of the SCIM service, unrelated to the others. */
	readonly scimToken = randomBytes(24).toString('base64url');
	/** Random source for what happens while the tenant runs. */
	random!: Random;

	private constructor(
		readonly seed: number,
		readonly size: TenantSize,
		private readonly given: Partial<Settings>,
	) {
		this.settings = this.initialSettings();
	}

	/** Throws an Error that names the setting if a value is not valid. */
	static async create(seed: number, size: TenantSize, given: Partial<Settings>): Promise<State> {
		const state = new State(seed, size, given);
		state.authorization = await Authorization.create(() => state.settings);
		return state;
	}

	/** Restores the initial state: same tenant, same secrets, no recorded requests, no faults. */
	fill(origin: string): void {
		this.settings = this.initialSettings();
		this.random = new Random(this.seed).fork('running');
		this.faults = new Faults(this.random.fork('faults'));
		this.load = new Load();
		this.tenant = makeTenant(this.seed, this.size, origin);
		this.authorization.restore();
		this.recording.clear();
	}

	private initialSettings(): Settings {
		return changedSettings(defaultSettings(new Random(this.seed).fork('settings')), this.given);
	}
}
