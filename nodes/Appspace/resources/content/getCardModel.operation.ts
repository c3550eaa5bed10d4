import { largestFileOption } from '../../fields/file';
import { contentLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { asItems } from '../../runtime/passThrough';
import { badInput } from '../../transport/failure';
import { addressOf, readContent } from './contentRecord';

export const getCardModel: Operation = {
	value: 'getCardModel',
	name: 'Get Card Model',
	action: 'Get model of card',
	description: 'Get the settings that a card is deployed with',
	effect: 'read',
	endpoints: ['GET libraries/contents/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S10', reply: 'unknown' },
	fields: [contentLocator, largestFileOption],

	async run(call) {
		const page = addressOf(await readContent(call));
		const model = page.replace(/^([^?#]*\/)index\.html(?=$|[?#])/i, '$1model.json');
		if (model !== page) return asItems(await call.download(model, (file) => file.answer()));
		throw badInput(
			`The content "${call.id('contentId')}" is not a card`,
			'Cards have an index.html. Use the contentId of a playlist item of type Card, or the operation Download.',
		);
	},
};
