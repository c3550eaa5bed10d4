import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type TenantRecord = Record<string, unknown> & { id: string };

/** How the next requests to the API fail. */
export type Fault = 429 | 500 | 403 | 'half' | 'cut';

/**
 * A tenant with its own clock, whose records change under the hands of a test, also while they are read. It serves one list, its records, and the token endpoint.
 */
export class ChangingTenant {
	records: TenantRecord[] = [];
	/** The most records on a page; so that a few records make many pages, there are few. */
	pageSize = 6;
	/** Records that exist but are not listed. */
	readonly hidden = new Set<string>();
	/** A record that is there but, for a moment, not listed. */
	overlooked: string | undefined;
	/** Whether the first record has left the list when any page but the first is read. */
	isFirstAway = false;
	/** Milliseconds since 1970. */
	now = Date.UTC(2027, 0, 4, 9);
	/** How the next requests to the API fail; undefined for one that succeeds. */
	faults: Array<Fault | undefined> = [];
	/** Called before each page but the first. */
	beforeNextPage: (() => void) | undefined;
	/** The records that were listed since this was last emptied, as they were then. */
	served: TenantRecord[] = [];
	url = '';
	requests = 0;
	private readonly server: Server;

	private constructor(private readonly path: string) {
		this.server = createServer((request, response) => {
			request.resume().on('end', () => this.answer(request, response));
		});
	}

	static async start(path: string): Promise<ChangingTenant> {
		const tenant = new ChangingTenant(path);
		await new Promise<void>((resolve) => tenant.server.listen(0, '127.0.0.1', resolve));
		tenant.url = `http://127.0.0.1:${(tenant.server.address() as AddressInfo).port}`;
		return tenant;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private answer(request: IncomingMessage, response: ServerResponse): void {
		const { pathname, searchParams } = new URL(request.url ?? '', this.url);
		response.sendDate = false;
		response.setHeader('Date', new Date(this.now).toUTCString());
		response.setHeader('Content-Type', 'application/json');
		const send = (status: number, body: unknown) => {
			response.statusCode = status;
			response.end(JSON.stringify(body));
		};
		if (pathname.endsWith('/authorization/token')) {
			return send(200, { accessToken: 'model', refreshToken: 'model', expiresIn: 86_400_000 });
		}
		this.requests += 1;
		const fault = this.faults.shift();
		if (fault === 'cut') return void request.socket.destroy();
		if (fault === 'half') return void response.end('{"items":[{"id":');
		if (fault !== undefined) return send(fault, { message: 'Not now.' });
		if (pathname.endsWith('/users/me')) return send(200, { id: 'me' });
		if (pathname.endsWith(`/api/v3/${this.path}`)) return send(200, this.page(searchParams));
		const id = pathname.split('/').at(-1);
		const record = this.records.find((one) => one.id === id);
		return record ? send(200, record) : send(404, { message: 'There is no such record.' });
	}

	private page(query: URLSearchParams): unknown {
		const start = Number(query.get('start'));
		if (start > 0) this.beforeNextPage?.();
		const listed = this.records.filter(({ id }) => !this.hidden.has(id) && id !== this.overlooked);
		const visible = listed.slice(start > 0 && this.isFirstAway ? 1 : 0);
		const limit = Math.min(Number(query.get('limit')), this.pageSize);
		const items = visible.slice(start, start + limit);
		this.served.push(...structuredClone(items));
		return { items, start, limit, size: visible.length };
	}
}
