import { generateKeyPairSync, sign } from 'node:crypto';

export interface Certificate {
	/** PEM. */
	key: string;
	/** PEM. */
	cert: string;
}

/** One ASN.1 element in DER form. */
function der(tag: number, ...parts: Array<Buffer | string>): Buffer {
	const content = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
	const { length } = content;
	const size = length < 128 ? [length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const utcTime = (date: Date) => der(0x17, date.toISOString().replace(/^..|[-:T]|\.\d+/g, ''));
const ECDSA_WITH_SHA256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
const COMMON_NAME = der(0x06, Buffer.from('550403', 'hex'));
const SUBJECT_ALT_NAME = der(0x06, Buffer.from('551d11', 'hex'));
/** 127.0.0.1 and localhost: clients look in this extension only, and through a proxy by name only. */
const LOOPBACK_NAMES = [der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, 'localhost')];

interface CertificateOptions {
	/** Valid until yesterday, not for a day. */
	expired?: boolean;
	/** More host names. */
	names?: string[];
}

/** A self-signed certificate for 127.0.0.1, localhost, and these names. */
export function selfSigned({ expired = false, names = [] }: CertificateOptions = {}): Certificate {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, '127.0.0.1'))));
	const alternatives = [...LOOPBACK_NAMES, ...names.map((host) => der(0x82, host))];
	const day = 24 * 3_600_000;
	const until = Date.now() + (expired ? -day : day);
	const body = sequence(
		// Version 3, the first with extensions.
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1])),
		ECDSA_WITH_SHA256,
		name,
		sequence(utcTime(new Date(until - 2 * day)), utcTime(new Date(until))),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(sequence(SUBJECT_ALT_NAME, der(0x04, sequence(...alternatives))))),
	);
	const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
	const encoded = sequence(body, ECDSA_WITH_SHA256, signature).toString('base64');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${encoded}\n-----END CERTIFICATE-----\n`,
	};
}
