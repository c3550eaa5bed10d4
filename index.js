/** The built classes, for whoever requires the package; n8n itself reads the paths in package.json. */
module.exports = {
	...require('./dist/credentials/AppspaceApi.credentials.js'),
	...require('./dist/credentials/AppspaceScimApi.credentials.js'),
	...require('./dist/nodes/Appspace/Appspace.node.js'),
};
