import type { Resource } from '../runtime/operation';
import { apiCall } from './apiCall';
import { cardTemplate } from './cardTemplate';
import { channel } from './channel';
import { content } from './content';
import { device } from './device';
import { deviceGroup } from './deviceGroup';
import { deviceProperty } from './deviceProperty';
import { event } from './event';
import { post } from './post';
import { reservation } from './reservation';
import { scimGroup } from './scimGroup';
import { scimUser } from './scimUser';
import { space } from './space';
import { user } from './user';
import { userGroup } from './userGroup';
import { visitor } from './visitor';

/** All resources of the node, in the order in which the editor shows them. */
export const resources: Resource[] = [
	channel,
	content,
	cardTemplate,
	post,
	device,
	deviceGroup,
	deviceProperty,
	event,
	reservation,
	space,
	visitor,
	user,
	userGroup,
	scimUser,
	scimGroup,
	apiCall,
];
