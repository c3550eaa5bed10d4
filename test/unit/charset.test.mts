import { textOf } from '../../nodes/Appspace/transport/charset.ts';

const text = 'Grüße, naïve';
const swapped = (buffer: Buffer) => Buffer.from(buffer).swap16();
const utf16 = (value: string) => Buffer.from(value, 'utf16le');

test.each<[string, Buffer, string | undefined]>([
	['UTF-8 without a word', Buffer.from(text), undefined],
	['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'text/plain'],
	['UTF-8', Buffer.from(text), 'text/plain; charset=utf-8'],
	['ISO-8859-1', Buffer.from(text, 'latin1'), 'text/plain; charset=ISO-8859-1'],
	['a quoted charset', Buffer.from(text, 'latin1'), 'text/csv;header=present;Charset="latin1"'],
	['UTF-16 with a mark', utf16(`\ufeff${text}`), 'text/plain; charset=utf-16'],
	['UTF-16 with a mark and no word', utf16(`\ufeff${text}`), 'text/plain'],
	['UTF-16 the other way round', swapped(utf16(`\ufeff${text}`)), 'text/plain; charset=utf-16'],
	['UTF-16LE', utf16(text), 'text/plain; charset=utf-16le'],
	['UTF-16BE', swapped(utf16(text)), 'text/plain; charset=utf-16be'],
	['a charset that nobody knows', Buffer.from(text), 'text/plain; charset=nonsense'],
])('%s is read', (_, bytes, type) => expect(textOf(bytes, type)).toBe(text));
