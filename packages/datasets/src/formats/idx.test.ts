import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseIdx, readMaybeGzip } from "./idx.ts";

const header = (...words: number[]) => {
  const view = new DataView(new ArrayBuffer(4 * words.length));
  words.forEach((word, i) => {
    view.setUint32(4 * i, word);
  });
  return new Uint8Array(view.buffer);
};
const join2 = (a: Uint8Array, b: Uint8Array) => Uint8Array.from([...a, ...b]);
/** Two images of 2×3. */
const images = join2(
  header(0x00000803, 2, 2, 3),
  Uint8Array.from({ length: 12 }, (_, i) => i * 20),
);
const refuse = (bytes: Uint8Array, message: RegExp) => {
  expect(() => parseIdx(bytes, "digits.idx")).toThrow(
    expect.objectContaining({
      code: "data-corrupt",
      message: expect.stringMatching(message) as string,
    }) as Error,
  );
};

describe("parseIdx", () => {
  it("gives shape and values", () => {
    const { shape, values } = parseIdx(images, "digits.idx");
    expect(shape).toEqual([2, 2, 3]);
    expect([...values]).toEqual([0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220]);
  });

  it("refuses every truncation, and bytes too many", () => {
    for (let length = 0; length < images.length; length += 1)
      refuse(images.subarray(0, length), /digits\.idx/);
    refuse(join2(images, new Uint8Array(1)), /2×2×3 = 12 values, it holds 13/);
  });

  it("refuses another magic number, naming it", () => {
    refuse(join2(header(0x00000d03, 1, 1, 1), new Uint8Array(4)), /0x00000d03/);
    refuse(header(0x00000800), /0x00000800/);
    refuse(new TextEncoder().encode("<!DOCTYPE html>"), /0x3c21444f/);
  });

  it("refuses a header that claims more than any machine holds", () => {
    refuse(header(0x00000803, 0xffffffff, 0xffffffff, 0xffffffff), /claims/);
  });

  it("throws nothing but its own error, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          const { shape, values } = parseIdx(bytes, "any");
          expect(shape.reduce((a, b) => a * b, 1)).toBe(values.length);
        } catch (error) {
          expect(error).toMatchObject({ code: "data-corrupt" });
        }
      }),
    );
  });
});

describe("readMaybeGzip", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "metabench-idx-"));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it("gives plain and gzip files alike", async () => {
    await writeFile(join(folder, "plain"), images);
    await writeFile(join(folder, "packed.gz"), gzipSync(images));
    expect(await readMaybeGzip(join(folder, "packed.gz"))).toEqual(
      await readMaybeGzip(join(folder, "plain")),
    );
  });

  it("refuses a truncated gzip file and a missing file", async () => {
    await writeFile(join(folder, "cut.gz"), gzipSync(images).subarray(0, 20));
    await expect(readMaybeGzip(join(folder, "cut.gz"))).rejects.toMatchObject({ code: "data-corrupt" });
    await expect(readMaybeGzip(join(folder, "none"))).rejects.toMatchObject({ code: "data-missing" });
  });
});
