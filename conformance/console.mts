import { styleText } from 'node:util';
import type { Findings } from './conformance.mts';
import { ours, say, type Said } from './redaction.mts';
import { countText, grouped, sendingText } from './report.mts';

const MOST_LINES = 15;

/** The result in short, for the console: counts, what differs, and what to do with the report. */
export function consoleText(
	found: Findings,
	path: string,
	isSandbox: boolean,
	isColoured = process.stdout.isTTY && !process.env.NO_COLOR,
): string {
	const bold = (text: string) => (isColoured ? styleText('bold', text) : text);
	const different = grouped(found.findings.filter(({ standing }) => standing === 'differs'));
	const lines = different.slice(0, MOST_LINES).map(([{ endpoint, text }, ...others]) => {
		const place = endpoint ? say`${ours(endpoint)}: ${text}` : text;
		const more = others.length > 0 ? say` (and at ${others.length} others)` : say``;
		return `  ${say`${place}${more}`.text}`;
	});
	const more = different.length - lines.length;
	return [
		'',
		found.hasAccess
			? `Operations: ${countText(found.verdicts).text}`
			: 'The tenant gave no access. Check the APPSPACE_ variables, then run it again.',
		'',
		bold('What differs from what is known'),
		...(lines.length > 0 ? lines : ['  Nothing']),
		...(more > 0 ? [`  … and ${more} more`] : []),
		...replaced(found),
		'',
		`${bold('Report')}: ${path}`,
		sendingText(isSandbox).text,
		'',
	].join('\n');
}

function replaced({ isReplaced }: Findings): string[] {
	const notice: Said = say`Appspace handed out another refresh token in this run, which is not kept. If yours is refused from now on, make a new one in the Appspace console.`;
	return isReplaced ? ['', notice.text] : [];
}
