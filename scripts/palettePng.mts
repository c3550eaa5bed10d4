import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const COLORS = 256;

interface Pixels {
	width: number;
	height: number;
	/** Red, green, and blue as one number, line by line. */
	colors: Uint32Array;
}

/**
 * The same picture with at most 256 colors, a third of the size. Takes what Chromium writes: 8 bits a
 * channel, not interlaced. Transparency is dropped. (Portable Network Graphics Specification, W3C.)
 */
export function withPalette(png: Buffer): Buffer {
	const { width, height, colors } = decode(png);
	const counts = new Map<number, number>();
	for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
	const palette = [...counts]
		.sort(([, one], [, other]) => other - one)
		.slice(0, COLORS)
		.map(([color]) => color);
	const nearest = new Map(palette.map((color, index) => [color, index]));
	const indexOf = (color: number): number => {
		let index = nearest.get(color);
		if (index === undefined) nearest.set(color, (index = nearestIn(palette, color)));
		return index;
	};
	const lines = Buffer.alloc(height * (width + 1));
	for (const [at, color] of colors.entries()) {
		lines[at + Math.floor(at / width) + 1] = indexOf(color);
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 3, 0, 0, 0], 8);
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('PLTE', Buffer.from(palette.flatMap(channelsOf))),
		chunk('IDAT', deflateSync(lines, { level: 9 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function channelsOf(color: number): [number, number, number] {
	return [color >> 16, (color >> 8) & 255, color & 255];
}

function nearestIn(palette: readonly number[], color: number): number {
	const wanted = channelsOf(color);
	const distances = palette.map((one) =>
		channelsOf(one).reduce((sum, value, channel) => sum + (value - wanted[channel]!) ** 2, 0),
	);
	return distances.indexOf(Math.min(...distances));
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	checksum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, checksum]);
}

function decode(png: Buffer): Pixels {
	const parts: Buffer[] = [];
	let at = SIGNATURE.length;
	while (at < png.length) {
		const length = png.readUInt32BE(at);
		if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
			parts.push(png.subarray(at + 8, at + 8 + length));
		}
		at += 12 + length;
	}
	const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
	const [depth, type, , , interlace] = png.subarray(24, 29);
	if (depth !== 8 || (type !== 2 && type !== 6) || interlace !== 0) {
		throw new Error('Only 8-bit true color without interlacing can be read.');
	}
	const size = type === 6 ? 4 : 3;
	const bytes = unfiltered(inflateSync(Buffer.concat(parts)), width * size, height, size);
	const colors = Uint32Array.from({ length: width * height }, (_, pixel) =>
		bytes.readUIntBE(pixel * size, 3),
	);
	return { width, height, colors };
}

/** Undoes the filter that each line names in its first byte. */
function unfiltered(data: Buffer, stride: number, height: number, size: number): Buffer {
	const out = Buffer.alloc(stride * height);
	for (let y = 0; y < height; y++) {
		const filter = data[y * (stride + 1)];
		for (let x = 0; x < stride; x++) {
			const to = y * stride + x;
			const left = x < size ? 0 : out[to - size]!;
			const up = y === 0 ? 0 : out[to - stride]!;
			const corner = x < size || y === 0 ? 0 : out[to - stride - size]!;
			const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
			out[to] = data[y * (stride + 1) + 1 + x]! + predicted;
		}
	}
	return out;
}

function paeth(left: number, up: number, corner: number): number {
	const estimate = left + up - corner;
	const [toLeft, toUp, toCorner] = [left, up, corner].map((one) => Math.abs(estimate - one));
	if (toLeft! <= toUp! && toLeft! <= toCorner!) return left;
	return toUp! <= toCorner! ? up : corner;
}
