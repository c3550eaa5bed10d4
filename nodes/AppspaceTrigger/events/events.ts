import type { IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { TriggerEvent } from '../triggerEvent';
import { bookingEvents } from './bookingEvents';
import { bookingTimes } from './bookingTimes';
import { channelEvents } from './channelEvents';
import { deviceEvents } from './deviceEvents';
import { groupEvents } from './groupEvents';
import { postEvents } from './postEvents';
import { userEvents } from './userEvents';
import { visitorEvents } from './visitorEvents';

/** Everything that can start a workflow. */
export const events: TriggerEvent[] = [
	...channelEvents,
	...userEvents,
	...groupEvents,
	...deviceEvents,
	...bookingEvents,
	...bookingTimes,
	...visitorEvents,
	...postEvents,
];

/** The event that the user selected. */
export function chosenEvent(context: IPollFunctions): TriggerEvent {
	const value = context.getNodeParameter('event') as unknown;
	const event = events.find((one) => one.value === value);
	if (event) return event;
	throw new NodeOperationError(context.getNode(), `There is no event "${String(value)}"`, {
		description: 'Select the event again.',
	});
}
