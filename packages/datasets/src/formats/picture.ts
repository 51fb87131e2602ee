import { MetabenchError } from "@metabench/core";
import { convertIndexedToRgb, decode as decodePng } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";
import type { Picture } from "../resize.ts";
import { pictureChunks } from "./png-chunks.ts";

/** Largest picture that is decoded: no training photograph has more, and a hostile header claims more. */
const mostMegapixels = 50;
const mostMegabytes = 1024;

/**
 * Decodes a PNG or a JPEG to red, green and blue, `[height, width, 3]`. Transparent parts are laid on white; a camera's note on how
 * to turn the picture is not heeded.
 *
 * @param name - what errors call the picture
 * @throws MetabenchError `data-corrupt` if it is damaged, larger than 50 megapixels or neither format
 */
export function decodePicture(bytes: Uint8Array, name: string): Picture {
  try {
    if (bytes[0] === 0x89 && bytes[1] === 0x50) return png(bytes);
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg(bytes);
  } catch (cause) {
    throw new MetabenchError(
      "data-corrupt",
      `${name} cannot be decoded: ${cause instanceof Error ? cause.message : String(cause)}. Replace or remove the file.`,
      { cause },
    );
  }
  throw new MetabenchError("data-corrupt", `${name} is neither PNG nor JPEG. Replace or remove the file.`);
}

function jpeg(bytes: Uint8Array): Picture {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: mostMegapixels,
    maxMemoryUsageInMB: mostMegabytes,
  });
  return { width, height, channels: 3, pixels: data };
}

function png(bytes: Uint8Array): Picture {
  const { png: needed } = pictureChunks(bytes, mostMegapixels * 1e6);
  const { width, height, depth, channels, data, palette, transparency } = decodePng(needed, {
    checkCrc: true,
  });
  if (palette !== undefined) {
    const colours = palette[0]?.length ?? 3;
    const pixels = convertIndexedToRgb({ width, height, depth, channels, data, palette, text: {} });
    return onWhite({ width, height, channels: colours, pixels }, 255);
  }
  if (transparency !== undefined)
    throw new Error("it marks one colour as transparent, which is not supported");
  if (depth < 8)
    throw new Error(`it has ${String(depth)} bits a pixel without a palette, which is not supported`);
  return onWhite({ width, height, channels, pixels: data }, depth === 16 ? 65_535 : 255);
}

/** Grey or colour, with or without opacity, as red, green and blue of 8 bits. */
function onWhite(
  { width, height, channels, pixels }: Omit<Picture, "pixels"> & { readonly pixels: ArrayLike<number> },
  most: number,
): Picture {
  const opaque = channels === 1 || channels === 3;
  const colours = opaque ? channels : channels - 1;
  const result = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const opacity = opaque ? most : (pixels[i * channels + colours] ?? 0);
    for (let c = 0; c < 3; c += 1) {
      const value = pixels[i * channels + (colours === 1 ? 0 : c)] ?? 0;
      result[i * 3 + c] = Math.round(((value * opacity + most * (most - opacity)) / (most * most)) * 255);
    }
  }
  return { width, height, channels: 3, pixels: result };
}
