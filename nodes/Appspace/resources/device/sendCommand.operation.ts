import { jsonObject } from '../../fields/json';
import { deviceLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';

export const sendCommand: Operation = {
	value: 'sendCommand',
	name: 'Send Command',
	action: 'Send command to device',
	description: 'Send a command to a device, such as restart',
	effect: 'write',
	endpoints: ['POST devices/{id}/command'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		deviceLocator,
		{
			displayName: 'Command',
			name: 'command',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. restart',
			description:
				'The command to run, such as restart, reload, or screenshot. The available commands depend on the device type.',
		},
		{
			displayName: 'Parameters',
			name: 'parameters',
			type: 'json',
			default: '{}',
			description: 'The parameters of the command, as a JSON object',
		},
	],

	async run(call) {
		const command = call.text('command');
		if (command === '') throw badInput('The parameter "Command" is empty', 'Enter a command.');
		const { parameters } = call.values('parameters');
		return await passThrough(call, {
			method: 'POST',
			path: path`devices/${call.id('deviceId')}/command`,
			body: { command, parameters: jsonObject(parameters ?? {}, 'Parameters') },
		});
	},
};
