import { fileFields } from '../../fields/file';
import { contentLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { sizeNote } from '../../transport/wholeFile';
import { addressOf, readContent } from './contentRecord';

export const download: Operation = {
	value: 'download',
	name: 'Download',
	action: 'Download content',
	description: 'Download the file of a content item in the library, such as an image or a video',
	effect: 'read',
	endpoints: ['GET libraries/contents/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S3' },
	fields: [contentLocator, ...fileFields],

	async run(call) {
		const contentId = call.id('contentId');
		const content = await readContent(call);
		return await call.download(
			addressOf(content),
			async (file) => {
				const item = await call.attach(file, { contentId, contentURL: content.contentURL });
				const note = sizeNote(file);
				if (note !== undefined) call.hint(note);
				return item;
			},
			// Appspace returns the size as a number or as text (appspace-api.md 5.2).
			Number(content.size),
		);
	},
};
