import { resources } from '../../nodes/Appspace/resources/resources.ts';
import { fieldsOf } from '../../nodes/Appspace/runtime/properties.ts';
import { events } from '../../nodes/AppspaceTrigger/events/events.ts';
import { fieldsOf as fieldsOfEvent } from '../../nodes/AppspaceTrigger/properties.ts';
import { requiredTooLate } from '../support/requiredFirst.mts';

const panels = [
	...resources.flatMap(({ name, operations }) =>
		operations.map((operation) => ({
			title: `${name}: ${operation.name}`,
			fields: fieldsOf(operation),
		})),
	),
	...events.map((event) => ({ title: event.name, fields: fieldsOfEvent(event) })),
];

test.each(panels)('$title has its required fields first', ({ fields }) => {
	expect(requiredTooLate(fields)).toEqual([]);
});
