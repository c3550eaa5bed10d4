import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { badInput } from '../transport/failure';
import type { OpenFile } from '../transport/file';
import { RecordWithFile } from './operation';

/** Adds the file to the record in `field`, and its name, type, and size to the record itself. */
export async function attachFile(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	field: string,
	file: OpenFile,
	record: IDataObject,
): Promise<RecordWithFile> {
	const { name } = file;
	// octet-stream is only a fallback; n8n infers the type from the file name.
	const mimeType = file.mimeType === 'application/octet-stream' ? undefined : file.mimeType;
	const binary = await helpers
		.prepareBinaryData(file.content(), name, mimeType)
		.catch(asStorageFailure);
	binary.fileName ??= name;
	if (!name.includes('.') && binary.fileExtension) binary.fileName += `.${binary.fileExtension}`;
	const { fileName } = binary;
	const json = { ...record, fileName, mimeType: binary.mimeType, size: file.size };
	return new RecordWithFile(json, { [field]: binary });
}

/** Without this, a code such as ECONNREFUSED would seem to be about the connection to Appspace. */
function asStorageFailure(error: unknown): never {
	throw badInput(
		'The file could not be stored in n8n',
		`Check the place where n8n keeps the files of executions. n8n says: "${(error as Error).message}".`,
	);
}
