import type { INodeProperties } from 'n8n-workflow';
import { simplifyField } from '../Appspace/runtime/listing';
import { isUnconfirmed, noticeFor, UNCONFIRMED } from '../Appspace/runtime/properties';
import { shownWhere } from '../Appspace/runtime/shownWhere';
import type { TriggerEvent } from './triggerEvent';

/** How many records may be gone at once, in percent, unless the user chooses. */
export const USUAL_SHARE = 20;

const onActivation: INodeProperties = {
	displayName: 'On Activation',
	name: 'onActivation',
	type: 'options',
	options: [
		{
			name: 'Catch Up',
			value: 'catchUp',
			description: 'Start with what happened while n8n or the workflow was not running',
		},
		{
			name: 'Start Fresh',
			value: 'startFresh',
			description: 'Ignore what happened before',
		},
	],
	default: 'catchUp',
	description: 'What to do when the workflow is published, or n8n starts',
};

const mostGone: INodeProperties = {
	displayName: 'Most Gone at Once',
	name: 'mostGone',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
	default: USUAL_SHARE,
	description:
		'The percentage of records that may be gone at once. If more are gone, and more than ten, the trigger reports an error instead, because Appspace may have answered with only part of the list. With 100, it accepts any list.',
};

/** Every field that the node shows for an event. */
export function fieldsOf(event: TriggerEvent): INodeProperties[] {
	const { fields = [], filters = [], options = [] } = event;
	return [
		...noticeFor(event),
		...fields,
		simplifyField,
		...(filters.length > 0 ? [collection('Filters', 'filters', 'Add filter', filters)] : []),
		collection('Options', 'options', 'Add option', [...options, onActivation]),
	];
}

/** The option for events that are told from missing records. */
export const mostGoneOption = mostGone;

/** All parameters of the node. */
export function propertiesOf(events: TriggerEvent[]): INodeProperties[] {
	return [
		{
			displayName: 'Event',
			name: 'event',
			type: 'options',
			noDataExpression: true,
			options: events
				.map((event) => {
					const { name, value, description } = event;
					const note = isUnconfirmed(event) ? `. ${UNCONFIRMED}` : '';
					return { name, value, description: `${description}${note}` };
				})
				.sort((left, right) => (left.name < right.name ? -1 : 1)),
			default: 'userCreated',
		},
		...events.flatMap((event) => {
			return fieldsOf(event).map((field) => shownWhere(field, { show: { event: [event.value] } }));
		}),
	];
}

function collection(
	displayName: string,
	name: string,
	placeholder: string,
	options: INodeProperties[],
): INodeProperties {
	const sorted = [...options].sort((left, right) =>
		left.displayName < right.displayName ? -1 : 1,
	);
	return { displayName, name, type: 'collection', placeholder, default: {}, options: sorted };
}
