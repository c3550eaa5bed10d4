/** How contenders are called in tables, plots and goals. */
export const APPSPACE = 'Appspace node';
export const HTTP_CREDENTIAL = 'HTTP Request node, same credential';
/** In n8n's engine there is no HTTP Request node, but there is the helper that it sends requests with. */
export const HTTP_HELPER = 'request helper of the HTTP Request node';
export const HTTP_STATIC = 'HTTP Request node, fixed header';
export const UNDICI = 'undici, 128 in flight';
export const UNDICI_AHEAD = 'undici, 16 pages ahead';
export const FETCH = 'fetch, one by one';
export const UNDICI_PAGES = 'undici, page after page';
/** The node as it was before it found the number itself. */
export const APPSPACE_24 = 'Appspace node, 24 at once';
