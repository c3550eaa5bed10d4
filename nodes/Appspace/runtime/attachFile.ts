import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { OpenFile } from '../transport/file';
import { RecordWithFile } from './operation';

/** The record with the file beside it in `field`, and with name, type and size. */
export async function attachFile(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	field: string,
	file: OpenFile,
	record: IDataObject,
): Promise<RecordWithFile> {
	const { name } = file;
	// Of this type is everything; n8n knows better from the name.
	const mimeType = file.mimeType === 'application/octet-stream' ? undefined : file.mimeType;
	const binary = await helpers.prepareBinaryData(file.content(), name, mimeType);
	binary.fileName ??= name;
	if (!name.includes('.') && binary.fileExtension) binary.fileName += `.${binary.fileExtension}`;
	const { fileName } = binary;
	const json = { ...record, fileName, mimeType: binary.mimeType, size: file.size };
	return new RecordWithFile(json, { [field]: binary });
}
