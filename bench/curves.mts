import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Curve } from './loadScenarios.mts';

const FOLDER = 'bench/results';
const WIDTH = 860;
const MARGIN = 24;
const PANEL = 120;
const LABELS = 44;
/** Points of a curve: the most requests in each of so many spans. */
const SPANS = 200;

/** Draws how many requests were under way at the tenant, over time, a panel for each run. */
export async function saveCurves(name: string, curves: Curve[]): Promise<string> {
	await mkdir(FOLDER, { recursive: true });
	const file = join(FOLDER, `${name}.svg`);
	await writeFile(file, drawn(curves));
	return file;
}

function drawn(curves: Curve[]): string {
	const parts: string[] = [];
	let y = MARGIN + 14;
	parts.push(text(MARGIN, y, 'Requests under way over time', 'font-size="17" font-weight="600"'));
	for (const curve of curves) {
		y += 34;
		parts.push(text(MARGIN, y, curve.title, 'font-weight="600"'));
		y += 10;
		parts.push(panel(curve, y));
		y += PANEL + 16;
	}
	const height = y + MARGIN;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13" fill="#1d252c" role="img" aria-label="How many requests the Appspace node has under way over time">
<rect width="100%" height="100%" rx="8" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

function panel({ arrivals }: Curve, top: number): string {
	const [began, ended] = [arrivals[0]?.at ?? 0, arrivals.at(-1)?.at ?? 1];
	const span = Math.max(1, ended - began) / SPANS;
	const counts = new Array<number>(SPANS + 1).fill(0);
	for (const { at, underWay } of arrivals) {
		const place = Math.floor((at - began) / span);
		counts[place] = Math.max(counts[place] ?? 0, underWay);
	}
	const most = Math.max(1, ...counts);
	const left = MARGIN + LABELS;
	const points = counts.map((count, place) => {
		const x = left + ((WIDTH - MARGIN - left) * place) / SPANS;
		return `${x.toFixed(1)},${(top + PANEL - (PANEL * count) / most).toFixed(1)}`;
	});
	const bottom = top + PANEL;
	return [
		`<path d="M${left} ${top}V${bottom}H${WIDTH - MARGIN}" fill="none" stroke="#b3bac2"/>`,
		`<polyline points="${points.join(' ')}" fill="none" stroke="#0b6e99" stroke-width="1.5"/>`,
		text(left - 8, top + 10, String(most), 'text-anchor="end" fill="#5b6570"'),
		text(left - 8, bottom, '0', 'text-anchor="end" fill="#5b6570"'),
		text(
			WIDTH - MARGIN,
			bottom + 15,
			`${((ended - began) / 1_000).toFixed(1)} s`,
			'text-anchor="end" fill="#5b6570"',
		),
	].join('\n');
}

function text(x: number, y: number, content: string, more: string): string {
	return `<text x="${x}" y="${y}" ${more}>${content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
}
