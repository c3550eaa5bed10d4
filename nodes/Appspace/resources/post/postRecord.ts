import type { IDataObject } from 'n8n-workflow';
import { pick } from '../../runtime/pick';

/** The most useful fields of a post, flattened; `isAcknowledged` only if the request asked for it. */
export function simplifyPost(post: IDataObject): IDataObject {
	const { isAcknowledged } = (post.userAcknowledgment ?? {}) as IDataObject;
	return {
		...pick(post, ['id', 'title', 'postType', 'status', 'channelId', 'channelName']),
		...pick(post, ['createdBy', 'publishedAt', 'updatedAt']),
		...(isAcknowledged !== undefined && { isAcknowledged }),
	};
}
