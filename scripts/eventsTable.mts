import { markdownTable } from 'markdown-table';
import { fieldsOf } from '../nodes/AppspaceTrigger/properties.ts';
import type { TriggerEvent } from '../nodes/AppspaceTrigger/triggerEvent.ts';

/** Markdown for the page about the trigger: a line for each event. */
export function eventsTable(events: TriggerEvent[]): string {
	const rows = events.map((event) => {
		const { name, description, endpoints, evidence } = event;
		return [
			name,
			description,
			parametersOf(event),
			endpoints.map((endpoint) => `\`${endpoint}\``).join(', '),
			`${evidence.grade} (${evidence.sources})`,
		];
	});
	const head = ['Event', 'When', 'Parameters and filters', 'Reads', 'Evidence'];
	return markdownTable([head, ...rows]);
}

/** Markdown for the README: the names of all events. */
export function eventNames(events: TriggerEvent[]): string {
	return `${events.map(({ name }) => name).join(', ')}.`;
}

function parametersOf(event: TriggerEvent): string {
	const fields = fieldsOf(event).filter(
		({ name }) => !['evidenceNotice', 'simplify'].includes(name),
	);
	const labels = fields.flatMap((field) => {
		if (field.type !== 'collection') return [field.displayName];
		const entries = (field.options ?? []) as Array<{ displayName: string; name: string }>;
		return entries
			.filter(({ name }) => name !== 'onActivation')
			.map(({ displayName }) => displayName);
	});
	return labels.join(', ');
}
