import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from './compare.mts';
import { APPSPACE, FETCH, HTTP_CREDENTIAL, HTTP_STATIC, UNDICI, UNDICI_AHEAD } from './names.mts';
import type { Results } from './report.mts';

const FOLDER = 'bench/results';
const WIDTH = 860;
const MARGIN = 24;
const BARS_FROM = 300;
const BARS_TO = WIDTH - 110;
const BAR = 15;
const ROW = 20;

/** Dark enough for text on white, and told apart without colors by their order. */
const COLORS: Record<string, string> = {
	[APPSPACE]: '#0b6e99',
	[HTTP_CREDENTIAL]: '#8a94a0',
	[HTTP_STATIC]: '#b3bac2',
	[FETCH]: '#d3d7dc',
	[UNDICI]: '#e8c07d',
	[UNDICI_AHEAD]: '#e8c07d',
};
const NAMES = Object.keys(COLORS);

/** Draws the speeds of all comparisons in which the Appspace node takes part. */
export async function savePlot(name: string, results: Results): Promise<string> {
	await mkdir(FOLDER, { recursive: true });
	const file = join(FOLDER, `${name}${results.isQuick ? '-quick' : ''}.svg`);
	await writeFile(file, plot(results));
	return file;
}

/** An SVG on white: a block of bars for each scenario, longer is faster. */
export function plot({ scenarios, host, machine }: Results): string {
	const shown = scenarios.filter(({ results }) => results.some(({ name }) => name === APPSPACE));
	const parts: string[] = [];
	let y = MARGIN + 18;
	parts.push(
		text(MARGIN, y, 'Records a second, longer is faster', 'font-size="17" font-weight="600"'),
	);
	y += 20;
	parts.push(text(MARGIN, y, `${host}, ${machine.cores} cores, medians`, 'fill="#5b6570"'));
	for (const title of new Set(shown.map((scenario) => scenario.title))) {
		const block = shown.filter((scenario) => scenario.title === title);
		const fastest = Math.max(...block.flatMap(({ results }) => speeds(results)));
		y += 36;
		parts.push(text(MARGIN, y, title, 'font-size="15" font-weight="600"'));
		for (const { latency, results } of block) {
			y += 24;
			parts.push(text(MARGIN, y, `Answers after ${latency} ms`, 'fill="#5b6570"'));
			for (const name of NAMES) {
				const measured = results.find((one) => one.name === name);
				if (!measured) continue;
				y += ROW;
				parts.push(bar(y, name, measured.recordsPerSecond, fastest));
			}
		}
	}
	const height = y + MARGIN + 10;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13" fill="#1d252c" role="img" aria-label="Records a second of the Appspace node and of others">
<rect width="100%" height="100%" rx="8" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

function bar(y: number, name: string, speed: number, fastest: number): string {
	const width = Math.max(2, ((BARS_TO - BARS_FROM) * speed) / fastest);
	const weight = name === APPSPACE ? 'font-weight="600"' : '';
	const end = (BARS_FROM + width + 8).toFixed(0);
	return [
		text(BARS_FROM - 10, y, name, `text-anchor="end" ${weight}`),
		`<rect x="${BARS_FROM}" y="${y - BAR + 3}" width="${width.toFixed(1)}" height="${BAR}" rx="2" fill="${COLORS[name]}"/>`,
		text(Number(end), y, Math.round(speed).toLocaleString('en-US'), weight),
	].join('\n');
}

function text(x: number, y: number, content: string, more = ''): string {
	const safe = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return `<text x="${x}" y="${y}" ${more.trim()}>${safe}</text>`;
}

const speeds = (results: Scenario['results']): number[] =>
	results.map(({ recordsPerSecond }) => recordsPerSecond);
