import type { INodeProperties } from 'n8n-workflow';

/** The same field, shown only if these conditions hold as well. */
export function shownWhere(
	field: INodeProperties,
	where: NonNullable<INodeProperties['displayOptions']>,
): INodeProperties {
	const own = field.displayOptions;
	if (!own) return { ...field, displayOptions: where };
	// n8n checks conditions in order, and resource and operation rule out most fields.
	const show = { ...where.show, ...own.show };
	const hide = { ...where.hide, ...own.hide };
	const isHidden = Object.keys(hide).length > 0;
	return { ...field, displayOptions: { show, ...(isHidden && { hide }) } };
}
