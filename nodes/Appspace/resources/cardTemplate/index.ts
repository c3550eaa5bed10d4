import type { Resource } from '../../runtime/operation';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getTypes } from './getTypes.operation';
import { update } from './update.operation';

export const cardTemplate: Resource = {
	value: 'cardTemplate',
	name: 'Card Template',
	description: 'Templates for cards',
	role: 'Library Reader (to read) or Library Writer (to change)',
	operations: [getAll, get, getTypes, create, update],
};
