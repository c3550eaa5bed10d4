import fc from 'fast-check';
import { fileName, nameInAddress } from '../../nodes/Appspace/transport/fileName.ts';

const named = (disposition: string | undefined, inAddress = 'address.bin') =>
	fileName({ 'content-disposition': disposition }, inAddress).name;

test.each<[string | undefined, string]>([
	['attachment; filename="report.pdf"', 'report.pdf'],
	['attachment; filename=report.pdf', 'report.pdf'],
	['ATTACHMENT;FileName = "report.pdf" ; size=7', 'report.pdf'],
	[`attachment; filename="plain.txt"; filename*=UTF-8''na%C3%AFve%20plan.txt`, 'naïve plan.txt'],
	[`attachment; filename*=UTF-8''na%C3%AFve.txt; filename="plain.txt"`, 'naïve.txt'],
	[`attachment; filename*=iso-8859-1'en'%A3%20rates.txt`, '£ rates.txt'],
	[`attachment; filename*=UTF-8''%E2%82%ZZ.txt; filename="plain.txt"`, 'plain.txt'],
	[`attachment; filename*=UTF-8''%FF.txt; filename="plain.txt"`, 'plain.txt'],
	[`attachment; filename*=nonsense''x.txt; filename="plain.txt"`, 'plain.txt'],
	['attachment; filename="a \\"quoted\\" name.txt"', 'a "quoted" name.txt'],
	['attachment; filename="a;b=c.txt"', 'a;b=c.txt'],
	[`attachment; filename="${Buffer.from('Grüße 東京.png').toString('latin1')}"`, 'Grüße 東京.png'],
	[`attachment; filename="Gr\xfc\xdfe.png"`, 'Grüße.png'],
	['attachment; filename="../../etc/passwd"', 'passwd'],
	['attachment; filename="C:\\\\temp\\\\plan.txt"', 'plan.txt'],
	['attachment; filename="C:\\temp\\plan.txt"', 'plan.txt'],
	['attachment; filename=".."', 'address.bin'],
	['attachment; filename=""', 'address.bin'],
	['inline', 'address.bin'],
	[undefined, 'address.bin'],
	['attachment; filename="evil\u202egnp.exe"', 'evilgnp.exe'],
	['attachment; filename="a\tb\u0000c.txt"', 'abc.txt'],
	[`attachment; filename="${'x'.repeat(400)}.pdf"`, `${'x'.repeat(196)}.pdf`],
	[`attachment; filename*=UTF-8''${encodeURIComponent('😀'.repeat(300))}`, '😀'.repeat(200)],
])('%j is the file %j', (disposition, name) => expect(named(disposition)).toBe(name));

test.each([
	['https://host/a/b.png?sig=/x.y#z', 'b.png'],
	['https://host/a/Picture%201.png', 'Picture 1.png'],
	['devices/docs/', 'docs'],
	['a/%zz.png', '%zz.png'],
	['', ''],
])('the address %j names %j', (address, name) => expect(nameInAddress(address)).toBe(name));

test('whatever a server says, a name is short, visible and no path', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (value, address) => {
			for (const disposition of [
				value,
				`attachment; filename="${value}"`,
				`attachment; filename*=UTF-8''${[...Buffer.from(value)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`,
			]) {
				const name = named(disposition, nameInAddress(address));
				expect(name).not.toMatch(/[\\/\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
				expect(name).not.toMatch(/^\.*$/);
				expect([...name].length).toBeLessThanOrEqual(200);
			}
		}),
	);
});
