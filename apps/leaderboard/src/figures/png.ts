import { crc32, deflateSync } from "node:zlib";

/** Red, green, blue and how opaque, 0 … 255 each. */
export type Colour = readonly [red: number, green: number, blue: number, opacity: number];

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Colour types of the format, with the bytes of a pixel. */
const types = {
  grey: { code: 0, bytes: 1 },
  rgb: { code: 2, bytes: 3 },
  palette: { code: 3, bytes: 1 },
} as const;

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/**
 * A PNG (second edition, https://www.w3.org/TR/png-2/) as an address that holds its own data.
 *
 * @param pixels row by row, 1 byte per pixel (3 for `rgb`); of `palette`, places in `colours`
 */
function png(
  type: keyof typeof types,
  pixels: Uint8Array,
  width: number,
  height: number,
  colours: readonly Colour[] = [],
): string {
  const { code, bytes } = types[type];
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, code, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, y) => [
    Buffer.from([0]),
    pixels.subarray(y * width * bytes, (y + 1) * width * bytes),
  ]);
  const palette =
    type === "palette"
      ? [
          chunk("PLTE", Uint8Array.from(colours.flatMap(([red, green, blue]) => [red, green, blue]))),
          chunk(
            "tRNS",
            Uint8Array.from(colours, ([, , , opacity]) => opacity),
          ),
        ]
      : [];
  const data = chunk("IDAT", deflateSync(Buffer.concat(rows.flat()), { level: 9 }));
  const file = Buffer.concat([
    signature,
    chunk("IHDR", head),
    ...palette,
    data,
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${file.toString("base64")}`;
}

/** A picture of bytes `[height, width, channels]`; of other than one or three channels, the first is drawn. */
export function picturePng(bytes: Uint8Array, width: number, height: number): string {
  const channels = bytes.length / (width * height);
  if (channels === 3) return png("rgb", bytes, width, height);
  const grey = Uint8Array.from({ length: width * height }, (_, at) => bytes[at * channels] ?? 0);
  return png("grey", grey, width, height);
}

/** Steps of colour on each side of zero. */
const steps = 10;
const orange = [213, 94, 0] as const;
const blue = [0, 114, 178] as const;
/** Blue through nothing to orange, Okabe and Ito's, the more opaque the larger. */
const diverging = Array.from({ length: 2 * steps + 1 }, (_, at): Colour => {
  const [red, green, other] = at < steps ? blue : orange;
  return [red, green, other, Math.round((235 * Math.abs(at - steps)) / steps)];
});

/** Signed values `[height, width]` as colours: orange above zero, blue below, nothing at it, on a scale of their own. */
export function heatPng(values: ArrayLike<number>, width: number, height: number): string {
  let most = 0;
  for (let at = 0; at < values.length; at += 1) most = Math.max(most, Math.abs(values[at] ?? 0));
  const places = Uint8Array.from({ length: width * height }, (_, at) =>
    most === 0 ? steps : steps + Math.round((steps * (values[at] ?? 0)) / most),
  );
  return png("palette", places, width, height, diverging);
}
