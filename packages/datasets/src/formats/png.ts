import { MetabenchError } from "@metabench/core";
import { decode, type DecodedPng } from "fast-png";
import { pictureChunks } from "./png-chunks.ts";

/** A grey picture: `pixels` `[height, width]`, 0 black to 255 white. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A picture's extent; a header that claims another is refused before its pixels are unpacked. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes a greyscale PNG of 1 or 8 bits a pixel and of known extent, checksums of its chunks included.
 *
 * @param name - what errors call the picture
 * @throws MetabenchError `data-corrupt` if it is damaged or not such a picture
 */
export function decodeGreyPng(bytes: Uint8Array, name: string, extent: Extent): GreyImage {
  const refuse = (what: string, cause?: unknown) =>
    new MetabenchError("data-corrupt", `${name}: ${what}. Replace the archive it is in with a fresh copy.`, {
      cause,
    });
  const { width, height } = extent;
  const claimed = claimedExtent(bytes);
  if (claimed === undefined) throw refuse("it is no PNG picture");
  if (claimed.width !== width || claimed.height !== height)
    throw refuse(
      `it is ${String(claimed.width)}×${String(claimed.height)} pixels large, not ${String(width)}×${String(height)}`,
    );
  let png: DecodedPng;
  try {
    png = decode(pictureChunks(bytes, width * height).png, { checkCrc: true });
  } catch (cause) {
    throw refuse(
      `its PNG data is damaged (${cause instanceof Error ? cause.message : String(cause)})`,
      cause,
    );
  }
  if (png.channels !== 1 || png.palette !== undefined || (png.depth !== 1 && png.depth !== 8))
    throw refuse(
      `it has ${String(png.channels)} channels of ${String(png.depth)} bits${png.palette === undefined ? "" : " and a palette"}, not one of 1 or 8`,
    );
  const row = Math.ceil((width * png.depth) / 8);
  return {
    width,
    height,
    pixels: png.depth === 8 ? new Uint8Array(png.data) : unpackBits(png.data, width, height, row),
  };
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Width and height in the header chunk, which must come first; undefined if this is no PNG. */
function claimedExtent(bytes: Uint8Array): Extent | undefined {
  if (bytes.length < 33 || signature.some((byte, i) => bytes[i] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(12) === 0x49484452
    ? { width: view.getUint32(16), height: view.getUint32(20) }
    : undefined;
}

function unpackBits(packed: ArrayLike<number>, width: number, height: number, row: number): Uint8Array {
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      pixels[y * width + x] = (((packed[y * row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) * 255;
  return pixels;
}
