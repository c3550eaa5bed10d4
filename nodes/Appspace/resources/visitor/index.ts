import type { Resource } from '../../runtime/operation';
import { checkIn } from './checkIn.operation';
import { checkOut } from './checkOut.operation';
import { create } from './create.operation';
import { deleteVisitor } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getConfiguration } from './getConfiguration.operation';
import { getVisits } from './getVisits.operation';
import { invite } from './invite.operation';
import { update } from './update.operation';

export const visitor: Resource = {
	value: 'visitor',
	name: 'Visitor',
	description: 'Visitors, their visits, and invitations',
	operations: [
		...[create, getAll, get, update, deleteVisitor, invite],
		...[getVisits, checkIn, checkOut, getConfiguration],
	],
};
