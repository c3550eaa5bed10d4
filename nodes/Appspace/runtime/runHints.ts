import type { IExecuteFunctions } from 'n8n-workflow';

/** How many hints to show in full; each of a thousand items may add one. */
const MAX_SHOWN = 3;

/** Hints from the items of a run. n8n shows them as a single hint instead of one per item. */
export class RunHints {
	private readonly texts = new Set<string>();

	add(text: string): void {
		this.texts.add(text);
	}

	/** Passes all hints to n8n. Call once, at the end of the run. */
	show(context: Pick<IExecuteFunctions, 'addExecutionHints'>): void {
		if (this.texts.size === 0) return;
		const shown = [...this.texts].slice(0, MAX_SHOWN);
		const more = this.texts.size - shown.length;
		const message = [...shown, ...(more > 0 ? [`And ${more} more like this.`] : [])].join(' ');
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
}
