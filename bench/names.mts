/** The names of contenders in tables, plots, and goals. */
export const APPSPACE = 'Appspace node';
export const HTTP_CREDENTIAL = 'HTTP Request node, same credential';
/** n8n's engine has no HTTP Request node, but it has the helper that this node sends requests with. */
export const HTTP_HELPER = 'request helper of the HTTP Request node';
export const HTTP_STATIC = 'HTTP Request node, fixed header';
export const UNDICI = 'undici, 128 in flight';
export const UNDICI_AHEAD = 'undici, 16 pages ahead';
export const FETCH = 'fetch, one by one';
export const UNDICI_PAGES = 'undici, page after page';
/** The node as it was before it found the number itself. */
export const APPSPACE_24 = 'Appspace node, 24 at once';
export const SYNCHRONIZE = 'Synchronize';
/** What people build without it. */
export const COMPARED_DATASETS = 'Get Many, Compare Datasets, Create or Update, Deactivate';
