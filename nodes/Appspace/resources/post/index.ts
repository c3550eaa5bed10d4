import type { Resource } from '../../runtime/operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getAwaitingAcknowledgement } from './getAwaitingAcknowledgement.operation';

export const post: Resource = {
	value: 'post',
	name: 'Post',
	description: 'Posts, stories, and pages of the employee app',
	operations: [getAll, get, getAwaitingAcknowledgement],
};
