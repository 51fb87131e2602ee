import { crc32, deflateSync } from "node:zlib";
import { encode, type ImageData } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import { describe, expect, it } from "vitest";
import { decodePicture } from "./picture.ts";

const png = (channels: number, data: readonly number[], depth: 8 | 16 = 8): Uint8Array => {
  const image: ImageData = {
    width: data.length / channels,
    height: 1,
    channels,
    depth,
    data: depth === 8 ? Uint8Array.from(data) : Uint16Array.from(data),
  };
  return encode(image);
};
const pixels = (bytes: Uint8Array) => [...decodePicture(bytes, "a.png").pixels];

/** A chunk of a PNG with its checksum. */
function chunk(type: string, data: Uint8Array): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
/** Of 8 bits; grey, not interlaced, save where `kind` says another colour type and interlacing. */
function handMadePng(
  width: number,
  height: number,
  raw: Uint8Array,
  more: readonly Buffer[] = [],
  [colourType, interlaced]: readonly [number, number] = [0, 0],
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType, 0, 0, interlaced], 8);
  const start = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([
    start,
    chunk("IHDR", header),
    ...more,
    chunk("IDAT", deflateSync(raw)),
    chunk("IEND", new Uint8Array()),
  ]);
}

describe("decodePicture", () => {
  it("makes red, green and blue of grey, colour, opacity on white, and 16 bits", () => {
    expect(pixels(png(1, [7, 9]))).toEqual([7, 7, 7, 9, 9, 9]);
    expect(pixels(png(3, [1, 2, 3]))).toEqual([1, 2, 3]);
    expect(pixels(png(2, [0, 255, 0, 0]))).toEqual([0, 0, 0, 255, 255, 255]);
    // 100, 0 and 255 on white, with opacity 51 / 255 = 1/5: (100 + 4·255) / 5 = 224.
    expect(pixels(png(4, [100, 0, 255, 51]))).toEqual([224, 204, 255]);
    expect(pixels(png(1, [65_535, 257], 16))).toEqual([255, 255, 255, 1, 1, 1]);
  });

  it("decodes a JPEG", () => {
    const data = Buffer.alloc(16 * 8 * 4, 255);
    for (let i = 0; i < data.length; i += 4) data.set([200, 60, 20], i);
    const jpeg = encodeJpeg({ width: 16, height: 8, data }, 100).data;
    const { width, height, channels, pixels: decoded } = decodePicture(jpeg, "a.jpg");
    expect([width, height, channels, decoded.length]).toEqual([16, 8, 3, 384]);
    [200, 60, 20].forEach((value, c) => expect(Math.abs((decoded[c] ?? 0) - value)).toBeLessThan(4));
    expect(() => decodePicture(jpeg.subarray(0, jpeg.length / 2), "a.jpg")).toThrow(
      /^a\.jpg cannot be decoded/,
    );
  });

  it("refuses what claims or unpacks to more than it may, and what is damaged, by name", () => {
    const honest = handMadePng(2, 1, Uint8Array.of(0, 5, 6));
    expect(pixels(honest)).toEqual([5, 5, 5, 6, 6, 6]);
    const refused: readonly (readonly [Uint8Array, RegExp])[] = [
      [handMadePng(100_000, 100_000, new Uint8Array(3)), /claims 100000×100000 pixels/],
      [handMadePng(2, 1, new Uint8Array(5_000_000)), /larger than|output length/i],
      [honest.subarray(0, 50), /cut off|no picture/],
      [Uint8Array.from(honest, (byte, i) => (i === honest.length - 13 ? byte ^ 1 : byte)), /crc/i],
      [handMadePng(2, 2, Uint8Array.of(0, 5, 6, 0, 7)), /incomplete: 5 bytes of 6/],
      [handMadePng(2, 1, Uint8Array.of(0, 5, 6), [], [5, 0]), /unknown colour type 5/],
      [Buffer.from("GIF89a"), /neither PNG nor JPEG/],
      [new Uint8Array(), /neither PNG nor JPEG/],
    ];
    for (const [bytes, message] of refused)
      expect(() => decodePicture(bytes, "a.png")).toThrow(
        expect.objectContaining({ code: "data-corrupt", message: expect.stringMatching(message) as string }),
      );
  });

  it("takes a palette for what colours mean only where pixels are indices", () => {
    const palette = chunk("PLTE", Uint8Array.of(255, 0, 0, 0, 0, 255));
    expect(pixels(handMadePng(2, 1, Uint8Array.of(0, 1, 0), [palette], [3, 0]))).toEqual([
      0, 0, 255, 255, 0, 0,
    ]);
    const colours = Uint8Array.of(0, 10, 20, 30, 40, 50, 60);
    expect(pixels(handMadePng(2, 1, colours, [palette], [2, 0]))).toEqual([10, 20, 30, 40, 50, 60]);
  });

  it("reads interlaced rows, and misses none", () => {
    // Pixel (x, y) of 3×3 is 3y + x; passes 1, 4, 5, 6 and 7 hold some, each row behind a filter byte.
    const passes = Uint8Array.of(0, 0, 0, 2, 0, 6, 8, 0, 1, 0, 7, 0, 3, 4, 5);
    expect(pixels(handMadePng(3, 3, passes, [], [0, 1])).filter((_, i) => i % 3 === 0)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    expect(() => decodePicture(handMadePng(3, 3, passes.subarray(1), [], [0, 1]), "a.png")).toThrow(
      /incomplete/,
    );
  });

  it("leaves colour profiles packed, which may be bombs", () => {
    const profile = chunk(
      "iCCP",
      Buffer.concat([Buffer.from("x\0\0"), Buffer.from("no zlib stream at all")]),
    );
    expect(pixels(handMadePng(2, 1, Uint8Array.of(0, 5, 6), [profile]))).toEqual([5, 5, 5, 6, 6, 6]);
  });
});
