import { EXPECTATIONS } from './expectations/all.mts';

/** Words that API field names consist of. None of them is a person's name. */
const USUAL = `
	absolute access active added address all allowed api app application approval archived asset assigned
	attribute auto avatar available background base body booking browser building by calendar cancelled
	category changed check checked child children city client code color colour column comment config
	confirmed connected connection content count country creator culture current custom data date day days
	default deleted delivery description details device direction disabled display domain duration edit
	edited enabled end error event expired expires expiry external extension feature file first flag floor
	folder format from full global group has hash height hidden hierarchy high history hour hours icon id
	ids image in index info inherited instance integration interval invitation is item items key kind label
	language last latitude layer layout length level license limit link list live local locale location
	locked logo longitude low max maximum media member membership message meta metadata min minimum minutes
	mobile mode modified module network node note notes notification number object of off office on online
	operating option options order organization origin os owner page parent participant password path
	permission permissions phone photo picture platform policy position preview primary priority privacy
	private profile properties property provider public publish published purpose quantity query range rank
	rating reason recurrence recurring reference region registered rejected related remote requested
	required reservation resource response restricted role room root row rule schedule scheduled scope
	screen search seconds section sensor sequence serial server service session setting settings share
	shared short site size sort source space start state status step storage string style sub subject
	subscriber subscription summary support suspended sync system tag tags target task template tenant text
	theme thumbnail time timeout timestamp timezone title to token total tracking type unit unread until
	updated url usage user valid value version video view visibility visible visit visitor volume week
	width workspace year zone
`;

const words = (name: string) => name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());

/**
 * The words that a field name may consist of to appear in a report: those of known fields, and common
 * ones.
 */
export const FIELD_WORDS: ReadonlySet<string> = new Set([
	...USUAL.trim().split(/\s+/),
	...EXPECTATIONS.flatMap(({ fields, optional, absentIfEmpty }) =>
		Object.keys({ ...fields, ...optional, ...absentIfEmpty }).flatMap(words),
	),
]);
