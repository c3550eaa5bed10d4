import { styleText } from 'node:util';
import type { Findings } from './conformance.mts';
import { ours, safe, type SafeText } from './redaction.mts';
import { countText, grouped, sendingText } from './report.mts';

const MOST_LINES = 15;

/** The short result for the console: counts, differences, and what to do with the report. */
export function consoleText(
	found: Findings,
	path: string,
	isSandbox: boolean,
	isColored = process.stdout.isTTY && !process.env.NO_COLOR,
): string {
	const bold = (text: string) => (isColored ? styleText('bold', text) : text);
	const different = grouped(found.findings.filter(({ standing }) => standing === 'differs'));
	const lines = different.slice(0, MOST_LINES).map(([{ endpoint, text }, ...others]) => {
		const place = endpoint ? safe`${ours(endpoint)}: ${text}` : text;
		const more = others.length > 0 ? safe` (and at ${others.length} other endpoints)` : safe``;
		return `  ${safe`${place}${more}`.text}`;
	});
	const more = different.length - lines.length;
	return [
		'',
		found.hasAccess
			? `Operations: ${countText(found.verdicts).text}`
			: 'The tenant gave no access. Check the APPSPACE_ variables, then run it again.',
		'',
		bold('Differences from the API notes'),
		...(lines.length > 0 ? lines : ['  None']),
		...(more > 0 ? [`  … and ${more} more`] : []),
		...replaced(found),
		'',
		`${bold('Report')}: ${path}`,
		sendingText(isSandbox).text,
		'',
	].join('\n');
}

function replaced({ isReplaced }: Findings): string[] {
	const notice: SafeText = safe`Appspace issued another refresh token during this run, which was not kept. If yours no longer works, create a new one in the Appspace console.`;
	return isReplaced ? ['', notice.text] : [];
}
