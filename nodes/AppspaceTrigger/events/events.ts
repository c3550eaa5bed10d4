import type { IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { TriggerEvent } from '../triggerEvent';
import { bookingEvents } from './bookingEvents';
import { deviceEvents } from './deviceEvents';
import { userEvents } from './userEvents';

/** Everything that can start a workflow. */
export const events: TriggerEvent[] = [...userEvents, ...deviceEvents, ...bookingEvents];

/** The event that the user selected. */
export function chosenEvent(context: IPollFunctions): TriggerEvent {
	const value = context.getNodeParameter('event') as unknown;
	const event = events.find((one) => one.value === value);
	if (event) return event;
	throw new NodeOperationError(context.getNode(), `There is no event "${String(value)}"`, {
		description: 'Select the event again.',
	});
}
