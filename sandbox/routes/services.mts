import { channeldirectory } from './channeldirectory.mts';
import { channelplaylist } from './channelplaylist.mts';
import { contentfeed } from './contentfeed.mts';
import { devices } from './devices.mts';
import type { Service } from './endpoint.mts';
import { libraries } from './libraries.mts';
import { livechannel } from './livechannel.mts';
import { maps } from './maps.mts';
import { networks } from './networks.mts';
import { reservation } from './reservation.mts';
import { signschannel } from './signschannel.mts';
import { theme } from './theme.mts';
import { userpreference } from './userpreference.mts';
import { users } from './users.mts';
import { visitormanagement } from './visitormanagement.mts';

/** Every service of the tenant, in the order of the docs page. Add new services here. */
export const services: readonly Service[] = [
	channeldirectory,
	channelplaylist,
	livechannel,
	libraries,
	users,
	devices,
	networks,
	reservation,
	visitormanagement,
	contentfeed,
	userpreference,
	theme,
	maps,
	signschannel,
];
