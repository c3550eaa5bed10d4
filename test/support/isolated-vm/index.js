// The real module needs Node 24 and a compiler. n8n loads it only for N8N_EXPRESSION_ENGINE=vm.
throw new Error(
	'isolated-vm is not installed in this repository. Use the legacy expression engine.',
);
