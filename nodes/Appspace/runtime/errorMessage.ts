import type { Effect } from '../transport/effect';
import type { Operation, Resource } from './operation';

/** What a user reads: what happened, and what to do. */
export interface ErrorMessage {
	message: string;
	description?: string;
	/** The HTTP status, as n8n keeps it. */
	httpCode?: string;
}

/** What was being done, for the message about what went wrong. */
export interface About {
	resource: Pick<Resource, 'role' | 'credential' | 'dependsOn'>;
	operation: Pick<Operation, 'action'>;
	/** What the failed request would have done. */
	effect: Effect;
	/** Whether an earlier request of the same item changed something. */
	hasChanged: boolean;
	/** The records that the item names: label of the parameter and the ID in it. */
	records: Array<{ label: string; id: string }>;
}
