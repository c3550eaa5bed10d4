import type { Effect } from '../transport/effect';
import type { Operation, Resource } from './operation';

/** An error message for the user: what happened, and what to do. */
export interface ErrorMessage {
	message: string;
	description?: string;
	/** The HTTP status, in the form that n8n expects. */
	httpCode?: string;
}

/** What the node was doing, for the message about a failure. */
export interface About {
	resource: Pick<Resource, 'role' | 'credential' | 'dependsOn'>;
	operation: Pick<Operation, 'action'>;
	/** What the failed request would have changed. */
	effect: Effect;
	/** Whether an earlier request of the same item changed something. */
	hasChanged: boolean;
	/** The records that the item names: the label of the parameter and the ID in it. */
	records: Array<{ label: string; id: string }>;
}
