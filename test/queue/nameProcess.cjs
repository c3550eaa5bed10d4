// Loaded into each n8n process before n8n itself. This header tells the tenant which process sends a
// request.
const { subscribe } = require('node:diagnostics_channel');

subscribe('http.client.request.created', ({ request }) => {
	request.setHeader('x-n8n-process', process.env.N8N_PROCESS_NAME);
});
