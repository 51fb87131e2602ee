import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { deflateSync } from "node:zlib";
import { MetabenchError } from "@metabench/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMat } from "./mat.ts";
import type { MatValue } from "./mat-values.ts";

/** Made by golden/mat.py of this package, which says how. */
const golden = JSON.parse(readFileSync(new URL("mat.golden.json", import.meta.url), "utf8")) as {
  readonly variables: Readonly<Record<string, { readonly kind: MatValue["kind"] }>>;
  readonly files: Readonly<Record<"plain" | "compressed", string>>;
  readonly level4: string;
};
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
const plain = bytesOf(golden.files.plain);
const compressed = bytesOf(golden.files.compressed);

/** A value with plain lists of numbers, and without the words for what is not read. */
const plainly = (value: MatValue): object => {
  if (value.kind === "cells") return { ...value, cells: value.cells.map(plainly) };
  return value.kind === "matrix" ? { ...value, values: [...value.values] } : { kind: "unread" };
};

const refuse = (bytes: Uint8Array, message: RegExp) => {
  expect(() => readMat(bytes, "data.mat")).toThrow(
    expect.objectContaining({
      code: "data-corrupt",
      message: expect.stringMatching(message) as string,
    }) as Error,
  );
};

/** A file with a 1×2 matrix of int16 called "m", in either byte order, byte by byte. */
function handMade(littleEndian: boolean, { version = 0x0100, dimensions = [1, 2] } = {}): Uint8Array {
  const bytes = new Uint8Array(128 + 8 + 16 + 16 + 8 + 8);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("MATLAB 5.0 MAT-file".padEnd(116)));
  view.setUint16(124, version, littleEndian);
  view.setUint16(126, 0x4d49, littleEndian);
  const words = [14, 48, 6, 8, 10, 0, 5, 8, ...dimensions];
  words.forEach((word, at) => {
    view.setUint32(128 + 4 * at, word, littleEndian);
  });
  // Two small elements: the name as int8, the numbers as int16.
  view.setUint32(168, 0x0001_0001, littleEndian);
  view.setUint8(172, "m".charCodeAt(0));
  view.setUint32(176, 0x0004_0003, littleEndian);
  view.setInt16(180, -300, littleEndian);
  view.setInt16(182, 7, littleEndian);
  return bytes;
}

describe("readMat", () => {
  it.each([
    ["plain", plain],
    ["compressed", compressed],
  ])("reads what scipy reads: %s", (_, bytes) => {
    const read = readMat(bytes, "data.mat");
    const found = Object.fromEntries([...read].map(([name, value]) => [name, plainly(value)]));
    expect(found).toEqual(golden.variables);
  });

  it("names what it leaves unread", () => {
    const read = readMat(compressed, "data.mat");
    expect(["text", "struct", "complex"].map((name) => read.get(name))).toEqual([
      { kind: "unread", what: "char" },
      { kind: "unread", what: "struct" },
      { kind: "unread", what: "complex double" },
    ]);
  });

  it.each([true, false])("reads either byte order (little-endian: %s)", (littleEndian) => {
    const matrix = readMat(handMade(littleEndian), "data.mat").get("m");
    expect(matrix).toEqual({ kind: "matrix", shape: [1, 2], values: Float64Array.of(-300, 7) });
  });

  it("reads a part of a larger buffer", () => {
    const shifted = new Uint8Array(plain.length + 3);
    shifted.set(plain, 3);
    expect([...readMat(shifted.subarray(3), "data.mat").keys()]).toEqual(Object.keys(golden.variables));
  });

  it("says of other levels how to save the file again", () => {
    refuse(bytesOf(golden.level4), /data\.mat: it is a MAT-file of level 4 .* save it with the flag -v7\.$/);
    const hdf5 = new Uint8Array(600);
    hdf5.set(new TextEncoder().encode("MATLAB 7.3 MAT-file, Platform: GLNXA64".padEnd(124)));
    refuse(hdf5, /version 7\.3, which is HDF5 and not read here\. .* save it with the flag -v7\.$/);
    hdf5.fill(32, 0, 124);
    hdf5.set([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], 512);
    refuse(hdf5, /version 7\.3/);
    refuse(hdf5.subarray(512), /version 7\.3/);
    refuse(handMade(true, { version: 0x0300 }), /its header names version 3; .* -v7\.$/);
  });

  it("refuses what is no MAT-file", () => {
    refuse(new TextEncoder().encode("<!DOCTYPE html>".padEnd(400)), /no MAT-file: .*fresh copy\.$/);
    refuse(new Uint8Array(), /0 bytes are too few/);
  });

  it("refuses every truncation within a variable", () => {
    const whole = handMade(true);
    for (let length = 0; length < whole.length; length += 1)
      // A header alone is a file without variables.
      if (length !== 128) refuse(whole.subarray(0, length), /data\.mat: .*fresh copy\.$/);
    refuse(
      compressed.subarray(0, compressed.length - 1),
      /cut off: an element claims \d+ bytes, and \d+ are/,
    );
  });

  it("refuses numbers that do not fill their dimensions", () => {
    refuse(handMade(true, { dimensions: [2, 2] }), /array "m" should have 2×2 = 4 numbers, but has 2/);
    refuse(handMade(true, { dimensions: [-1, -2] }), /\[-1, -2\] are no dimensions/);
  });

  it("refuses a damaged compressed variable", () => {
    const damaged = compressed.slice();
    damaged[150] = (damaged[150] ?? 0) ^ 0xff;
    refuse(damaged, /fresh copy\.$/);
  });

  it("refuses cells that are nested without end", () => {
    // Each level: flags, dimensions 1×1 and an empty name, then the next cell.
    let inner = new Uint8Array();
    for (let level = 0; level < 2000; level += 1) {
      const cell = new Uint8Array(48 + inner.length);
      const words = [14, 40 + inner.length, 6, 8, 1, 0, 5, 8, 1, 1, 1, 0];
      cell.set(new Uint8Array(Uint32Array.from(words).buffer));
      cell.set(inner, 48);
      inner = cell;
    }
    const packed = deflateSync(inner);
    const file = new Uint8Array(136 + packed.length);
    file.set(handMade(true).subarray(0, 128));
    file.set(new Uint8Array(Uint32Array.of(15, packed.length).buffer), 128);
    file.set(packed, 136);
    refuse(file, /nested more than 32 deep/);
  });

  it("throws nothing but its own error, whatever bytes are changed", () => {
    const changes = fc.array(fc.tuple(fc.nat(plain.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(changes, (list) => {
        const changed = plain.slice();
        for (const [at, byte] of list) changed[at] = byte;
        try {
          readMat(changed, "any");
        } catch (error) {
          expect(error).toBeInstanceOf(MetabenchError);
          expect(error).toMatchObject({ code: "data-corrupt" });
        }
      }),
      { numRuns: 500 },
    );
  });
});

const root = process.env["METABENCH_DATA"] ?? "";
const real = (file: string) => join(root, file);

describe.skipIf(root === "" || !existsSync(real("school/school.mat")))(
  "readMat, real data (set METABENCH_DATA to a folder with school/school.mat)",
  () => {
    it("reads the cells of School, with sums of scipy 1.17.1", () => {
      const read = readMat(readFileSync(real("school/school.mat")), "school.mat");
      const total = (name: string) => {
        const cells = read.get(name);
        if (cells?.kind !== "cells") throw new TypeError(name);
        expect(cells.shape).toEqual([1, 139]);
        return cells.cells.reduce(
          (sum, cell) => sum + (cell.kind === "matrix" ? cell.values.reduce((a, b) => a + b, 0) : NaN),
          0,
        );
      };
      expect([...read.keys()]).toEqual(["X", "Y"]);
      expect([total("X"), total("Y")]).toEqual([1076348, 316416]);
    });
  },
);

describe.skipIf(root === "" || !existsSync(real("sarcos/sarcos_inv_test.mat")))(
  "readMat, real data (set METABENCH_DATA to a folder with sarcos/sarcos_inv_test.mat)",
  () => {
    it("reads the matrix of SARCOS, with values of scipy 1.17.1", () => {
      const matrix = readMat(readFileSync(real("sarcos/sarcos_inv_test.mat")), "sarcos").get(
        "sarcos_inv_test",
      );
      if (matrix?.kind !== "matrix") throw new TypeError("no matrix");
      expect(matrix.shape).toEqual([4449, 28]);
      expect([matrix.values[0], matrix.values[4449], matrix.values.at(-1)]).toEqual([
        0.019478, -0.134218, 0.714457,
      ]);
    });
  },
);
