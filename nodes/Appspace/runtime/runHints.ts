import type { IExecuteFunctions } from 'n8n-workflow';

/** Hints that are shown in full; a thousand items may each have one. */
const MOST_SHOWN = 3;

/** What the items of a run have to say beside their output. n8n shows it as one hint, not one an item. */
export class RunHints {
	private readonly texts = new Set<string>();

	add(text: string): void {
		this.texts.add(text);
	}

	/** Hands everything to n8n, once, when the run is over. */
	show(context: Pick<IExecuteFunctions, 'addExecutionHints'>): void {
		if (this.texts.size === 0) return;
		const shown = [...this.texts].slice(0, MOST_SHOWN);
		const more = this.texts.size - shown.length;
		const message = [...shown, ...(more > 0 ? [`And ${more} more of this kind.`] : [])].join(' ');
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
}
