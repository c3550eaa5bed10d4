import { writeFile } from 'node:fs/promises';
import { generatedDocs } from './generatedDocs.mts';

for (const [path, text] of Object.entries(await generatedDocs())) {
	await writeFile(path, text);
	console.log(`written: ${path}`);
}
