import { fileFields } from '../../fields/file';
import { deviceLocator } from '../../fields/locators';
import { RecordWithFile, type Operation } from '../../runtime/operation';
import { asItems } from '../../runtime/passThrough';
import { path } from '../../transport/path';
import { isPicture, pictureAddressIn } from './picture';

export const getScreenCapture: Operation = {
	value: 'getScreenCapture',
	name: 'Get Screen Capture',
	action: 'Get last screen capture of device',
	description:
		'Get the last screen capture as a file if Appspace returns the picture or its URL. Otherwise, get the response itself.',
	effect: 'read',
	endpoints: ['GET networks/devices/{id}/screencapture'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [deviceLocator, ...fileFields],

	async run(call) {
		const address = path`/api/v3/networks/devices/${call.id('deviceId')}/screencapture`;
		const answer = await call.download(address, async (file) =>
			isPicture(file) ? await call.attach(file, {}) : await file.answer(),
		);
		if (answer instanceof RecordWithFile) return answer;
		const picture = pictureAddressIn(answer);
		if (picture === undefined) return asItems(answer);
		const [record = {}] = [asItems(answer)].flat();
		return await call.download(picture, async (file) => await call.attach(file, record));
	},
};
