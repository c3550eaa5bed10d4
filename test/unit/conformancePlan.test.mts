import { EXPECTATIONS, SERVICES } from '../../conformance/expectations/all.mts';
import { Found } from '../../conformance/found.mts';
import { SUBJECTS } from '../../conformance/operations.mts';
import { stepFor } from '../../conformance/plan.mts';
import { services } from '../../sandbox/routes/services.mts';
import { isKnownEndpoint } from '../support/dossier.mts';

const withEndpoint = (endpoint: string) => {
	const [subject] = SUBJECTS.filter(({ name }) => name === 'device.getIntegrations');
	if (!subject) throw new Error('There is no such operation any more.');
	return { ...subject, operation: { ...subject.operation, endpoints: [endpoint] } };
};

it('every service in the API notes is asked for its description', () => {
	expect([...SERVICES].sort()).toEqual(services.map(({ name }) => name).sort());
});

it('an operation whose endpoint is not in the API notes stops the check, with what to do', () => {
	expect(() => stepFor(withEndpoint('GET newservice/records'), new Found([]))).toThrow(
		'device.getIntegrations uses "GET newservice/records", which is not in the API notes: add its row to the table in docs/appspace-api.md, section 4.',
	);
	expect(stepFor(withEndpoint('GET theme/brandprofiles'), new Found([]))).toEqual({ runs: [{}] });
});

it('a reply that is handed on as it comes needs no expectation', () => {
	const read = SUBJECTS.filter(
		({ operation: { effect, evidence } }) => effect === 'read' && evidence.reply === 'unknown',
	);
	const endpoints = read.flatMap(({ operation }) => operation.endpoints);
	const wanted = endpoints.filter(isKnownEndpoint);
	const expected = EXPECTATIONS.map(({ endpoint }) => endpoint);
	expect(wanted.length).toBeGreaterThan(5);
	expect(wanted.filter((endpoint) => !expected.includes(endpoint))).toEqual([]);
	expect(new Set(expected).size).toBe(expected.length);
});
