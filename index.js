/** Exports the built classes for code that requires the package. n8n itself uses the paths in package.json. */
module.exports = {
	...require('./dist/credentials/AppspaceApi.credentials.js'),
	...require('./dist/credentials/AppspaceScimApi.credentials.js'),
	...require('./dist/nodes/Appspace/Appspace.node.js'),
	...require('./dist/nodes/AppspaceTrigger/AppspaceTrigger.node.js'),
};
