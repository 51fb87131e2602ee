import { inflateSync } from "node:zlib";

/** What a PNG's header says of its picture. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a channel, or of an index into the palette. */
  readonly depth: number;
  /** Grey, red-green-blue, index into a palette, grey with opacity, red-green-blue with opacity. */
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  readonly interlaced: boolean;
}

const channels: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/** First column and row of each of Adam7's passes, and how far apart its columns and rows lie. */
const passes: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/** Bytes that a picture unpacks to, the filter byte of each row included. W3C, PNG (second edition), sections 7.2 and 8.2. */
function unpackedBytes({ width, height, depth, colourType, interlaced }: PngHeader): number {
  const bits = depth * (channels.get(colourType) ?? 0);
  const bytes = (columns: number, rows: number) =>
    columns === 0 ? 0 : rows * (1 + Math.ceil((columns * bits) / 8));
  if (!interlaced) return bytes(width, height);
  return passes.reduce((total, [column, row, across, down]) => {
    const [columns, rows] = [Math.ceil((width - column) / across), Math.ceil((height - row) / down)];
    return total + bytes(Math.max(columns, 0), Math.max(rows, 0));
  }, 0);
}

function headerOf(chunk: Uint8Array): PngHeader {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (chunk.length !== 13) throw new Error("its header is damaged");
  const colourType = view.getUint8(9);
  if (!channels.has(colourType)) throw new Error(`it is of the unknown colour type ${String(colourType)}`);
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: view.getUint8(8),
    colourType: colourType as PngHeader["colourType"],
    interlaced: view.getUint8(12) !== 0,
  };
}

/** More than the picture needs that its data may unpack to before it counts as a bomb. */
const slack = 65_536;

/**
 * The parts of a PNG that make its picture, and nothing that may hold a bomb (colour profiles, texts): its header, the palette where
 * pixels are indices into one, transparency, data and end. The data are unpacked once to see that they are as much as the header demands.
 *
 * @param mostPixels - most that the header may claim
 * @throws Error in words that go on from "it"
 */
export function pictureChunks(
  bytes: Uint8Array,
  mostPixels: number,
): { readonly header: PngHeader; readonly png: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  const packed: Uint8Array[] = [];
  let header: PngHeader | undefined;
  let ended = false;
  for (let at = 8; at + 12 <= bytes.length && !ended;) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw new Error("it is cut off");
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString("latin1");
    const data = bytes.subarray(at + 8, at + 8 + length);
    if ((type === "IHDR") !== (header === undefined)) throw new Error("its header is not where it belongs");
    header ??= headerOf(data);
    const { width, height, colourType } = header;
    if (width === 0 || height === 0 || width * height > mostPixels)
      throw new Error(`it claims ${String(width)}×${String(height)} pixels`);
    // Beside colours that are no indices a palette is a mere hint, which fast-png would take for the real thing.
    if (["IHDR", "tRNS", "IDAT", "IEND"].includes(type) || (type === "PLTE" && colourType === 3))
      kept.push(bytes.subarray(at, end));
    if (type === "IDAT") packed.push(data);
    ended = type === "IEND";
    at = end;
  }
  if (!ended || header === undefined) throw new Error("it is cut off");
  if (packed.length === 0) throw new Error("it has no picture");
  const needed = unpackedBytes(header);
  const unpacked = inflateSync(Buffer.concat(packed), { maxOutputLength: needed + slack }).length;
  if (unpacked < needed)
    throw new Error(`it is incomplete: ${String(unpacked)} bytes of ${String(needed)} are there`);
  return { header, png: Buffer.concat(kept) };
}
