import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Evidence } from '../Appspace/runtime/operation';
import type { AnyRecord } from '../Appspace/transport/page';
import type { Detection } from './detections';

/** An event that starts a workflow: what to list, and which change of a record is the event. */
export interface TriggerEvent {
	value: string;
	name: string;
	description: string;
	/** The endpoints that it uses, written as in appspace-api.md 4. */
	endpoints: string[];
	evidence: Evidence;
	/** The role that the service user needs, if public sources name one (appspace-api.md 2.1). */
	role?: string;
	/** Parameters of their own, above the filters. */
	fields?: INodeProperties[];
	/** Entries of the `filters` collection. */
	filters?: INodeProperties[];
	/** Entries of the `options` collection besides those of every event. */
	options?: INodeProperties[];
	/** The lists to read. `now` is the time of the server. */
	lists(call: EventCall, now: number): List[];
	/** The path of one record, which tells whether a record that is missing from the list still exists. */
	recordPath?: (id: string) => string;
	/** Whether a record that still exists counts as gone. */
	isGone?: (record: unknown) => boolean;
	/** Whether the lists show a window of time that records leave as time goes by. */
	isWindow?: boolean;
	detection(call: EventCall): Detection;
	/** Returns a flat version of a record with at most ten fields. */
	simplify: (record: AnyRecord) => IDataObject;
	/** When the event happened, in a form that `instant` reads; the latest samples come first in a test. */
	happenedAt?: (record: AnyRecord) => unknown;
}

/** A list of records in Appspace. */
export interface List {
	path: string;
	query?: IDataObject;
	/** Checks each record, because the server may ignore filters. */
	matches?: (record: AnyRecord) => boolean;
	/** What the records belong to, such as a group, if one record can be in several lists. */
	owner?: IDataObject;
}

/** Reads the parameters of the trigger, each of its declared type. */
export interface EventCall {
	/** The filled-in fields of a collection such as `filters`, with locators reduced to IDs. */
	collection(parameter: string): IDataObject;
	/** The distinct IDs in a parameter. */
	ids(parameter: string): string[];
	/** A number with its default. */
	number(parameter: string): number;
}
