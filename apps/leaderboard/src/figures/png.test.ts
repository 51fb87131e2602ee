import { crc32, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { heatPng, picturePng } from "./png.ts";

/** The chunks of a PNG, each with its sum checked. */
function chunksOf(address: string): ReadonlyMap<string, Buffer> {
  const file = Buffer.from(address.replace("data:image/png;base64,", ""), "base64");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.subarray(0, 4).toString(), body.subarray(4));
    at += length + 12;
  }
  return chunks;
}
const data = (address: string) => [...inflateSync(chunksOf(address).get("IDAT") ?? Buffer.alloc(0))];

describe("a PNG", () => {
  it("of one channel is grey, of three in colour, row by row after a filter byte of 0", () => {
    // Width 2, height 1, 8 bits; colour types 0 and 2 of the format.
    const grey = picturePng(Uint8Array.of(7, 9), 2, 1);
    expect([...(chunksOf(grey).get("IHDR") ?? [])]).toEqual([0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    expect(data(grey)).toEqual([0, 7, 9]);
    const colour = picturePng(Uint8Array.of(1, 2, 3, 4, 5, 6), 1, 2);
    expect(chunksOf(colour).get("IHDR")?.[9]).toBe(2);
    expect(data(colour)).toEqual([0, 1, 2, 3, 0, 4, 5, 6]);
  });

  it("of a heat map is blue below zero, clear at it and orange above, on its own scale", () => {
    const address = heatPng([-2, 0, 1, 2], 2, 2);
    expect(data(address)).toEqual([0, 0, 10, 0, 15, 20]);
    const chunks = chunksOf(address);
    const colour = (at: number) => [...(chunks.get("PLTE")?.subarray(3 * at, 3 * at + 3) ?? [])];
    expect([0, 20].map(colour)).toEqual([
      [0, 114, 178],
      [213, 94, 0],
    ]);
    expect([0, 10, 20].map((at) => chunks.get("tRNS")?.[at])).toEqual([235, 0, 235]);
  });

  it("of a flat heat map is clear", () => {
    expect(data(heatPng([0, 0], 2, 1))).toEqual([0, 10, 10]);
  });
});
