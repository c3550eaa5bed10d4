/**
 * The ranks of docs/architecture.md: a folder imports from its own rank and from those before it.
 * `npm run lint` runs this.
 */
const RANKS = [
	'^credentials/auth/',
	'^nodes/Appspace/transport/[^/]+$',
	'^nodes/Appspace/transport/scim/',
	'^nodes/Appspace/runtime/',
	'^nodes/Appspace/scim/',
	'^nodes/Appspace/fields/',
	'^nodes/Appspace/openapi/',
	'^nodes/Appspace/resources/',
	'^nodes/Appspace/pickers/',
	'^nodes/AppspaceTrigger/',
];

const upward = RANKS.slice(0, -1).map((path, rank) => ({
	name: `arrow-up-from-${path.replace(/^\^|\/(\[.*)?$/g, '')}`,
	comment: 'A file may not import from a rank above its own.',
	severity: 'error',
	from: { path },
	to: { path: RANKS.slice(rank + 1) },
}));

module.exports = {
	forbidden: [
		...upward,
		{ name: 'circle', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'product-imports-workshop',
			comment: 'The published package knows nothing of its sandbox, tests and scripts.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(sandbox|test|scripts|bench|conformance)/' },
		},
		{
			name: 'sandbox-imports-product',
			comment:
				'The sandbox is written from the evidence; shared code would make both wrong together.',
			severity: 'error',
			from: { path: '^sandbox/' },
			to: { path: '^(nodes|credentials)/' },
		},
	],
	options: {
		tsConfig: { fileName: 'tsconfig.dev.json' },
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^node_modules/' },
		enhancedResolveOptions: { extensions: ['.ts', '.mts', '.js', '.json'] },
	},
};
