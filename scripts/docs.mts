/**
 * `npm run docs`: generates parts of the documents from the code. `-- --pictures` also takes their
 * pictures again, in the real n8n editor.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { takeContactSheet } from './contactSheet.mts';
import { generatedDocs } from './generatedDocs.mts';
import { takePictures } from './pictures.mts';

const { values } = parseArgs({ options: { pictures: { type: 'boolean', default: false } } });

for (const [path, text] of Object.entries(await generatedDocs())) {
	await writeFile(path, text);
	console.log(`written: ${path}`);
}
if (values.pictures) {
	await takePictures('docs/pictures');
	await takeContactSheet('docs/pictures/resources.png');
}
