import type { Resource } from '../../runtime/operation';
import { download } from './download.operation';
import { get } from './get.operation';
import { getCardModel } from './getCardModel.operation';

export const content: Resource = {
	value: 'content',
	name: 'Content',
	description: 'Files and cards in the library',
	role: 'Library Reader',
	operations: [get, download, getCardModel],
};
