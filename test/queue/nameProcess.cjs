// Loaded into each n8n process before n8n itself: the tenant learns from this header who asks.
const { subscribe } = require('node:diagnostics_channel');

subscribe('http.client.request.created', ({ request }) => {
	request.setHeader('x-n8n-process', process.env.N8N_PROCESS_NAME);
});
