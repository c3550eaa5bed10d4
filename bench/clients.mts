import { Pool } from 'undici';

/** A plain loop: one `fetch` after another, as in a quick script. */
export async function fetchLoop(urls: string[], token: string): Promise<void> {
	for (const url of urls) {
		const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
		await answer.json();
	}
}

/** As fast as Node gets: this many keep-alive connections, with one request at a time on each. */
export class KeepAlive {
	private readonly pool: Pool;

	constructor(
		origin: string,
		private readonly token: string,
		width: number,
	) {
		this.pool = new Pool(origin, { connections: width });
	}

	/** One record per path. */
	async records(paths: string[]): Promise<void> {
		await Promise.all(paths.map(async (path) => await this.get(path)));
	}

	/** All records of a listing: the first page, then as many pages at once as the window allows. */
	async list(path: string, pageSize: number): Promise<unknown[]> {
		const page = async (start: number) =>
			(await this.get(`${path}?start=${start}&limit=${pageSize}`)) as {
				items: unknown[];
				size: number;
			};
		const first = await page(0);
		const pages = Math.ceil(first.size / pageSize) - 1;
		const starts = Array.from({ length: pages }, (_, index) => (index + 1) * pageSize);
		const others = await Promise.all(starts.map(page));
		return [first, ...others].flatMap(({ items }) => items);
	}

	async close(): Promise<void> {
		await this.pool.close();
	}

	private async get(path: string): Promise<unknown> {
		const { body } = await this.pool.request({
			method: 'GET',
			path,
			headers: { authorization: `Bearer ${this.token}` },
		});
		return await body.json();
	}
}
