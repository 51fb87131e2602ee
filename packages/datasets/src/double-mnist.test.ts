import type { ClassifiedImages } from "@metabench/core";
import { beforeAll, describe, expect, it } from "vitest";
import { areaAverage } from "./area-average.ts";
import { hashOf } from "./content.test-support.ts";
import { digitPool, doubleMnist, doubleMnistClasses, drawClass, type DigitPool } from "./double-mnist.ts";
import { readMnist } from "./mnist.ts";
import { mnistFiles } from "./mnist.test-support.ts";

const names = ["train", "validation", "test"] as const;

describe("double-mnist 28", () => {
  let prepared: ClassifiedImages;
  beforeAll(async () => {
    const data = await doubleMnist.prepare(mnistFiles, { size: 28 });
    if (data.kind !== "classified-images") throw new TypeError(data.kind);
    prepared = data;
  }, 120_000);

  it("is the pinned content", () => {
    expect(hashOf(prepared)).toBe(doubleMnist.contentHash({ size: 28 }));
  });

  it("has 64 / 16 / 20 classes, disjoint, of 1000 images each", () => {
    expect(names.map((name) => prepared.splits[name].classNames.length)).toEqual([64, 16, 20]);
    expect(new Set(names.flatMap((name) => prepared.splits[name].classNames)).size).toBe(100);
    for (const name of names) {
      const { images, labels, classNames } = prepared.splits[name];
      expect([...classNames]).toEqual([...classNames].sort());
      expect(images.length).toBe(classNames.length * 1000 * 784);
      const counts = new Uint32Array(classNames.length);
      for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
      expect(new Set(counts)).toEqual(new Set([1000]));
    }
  });

  it("holds no picture twice, within a split or across splits", () => {
    const seen = new Set<string>();
    for (const name of names) {
      const { images } = prepared.splits[name];
      for (let i = 0; i < images.length; i += 784)
        seen.add(Buffer.from(images.buffer, i, 784).toString("latin1"));
    }
    expect(seen.size).toBe(100_000);
  });
});

describe("double-mnist's draws", () => {
  let train: DigitPool;
  let test: DigitPool;
  beforeAll(async () => {
    const mnist = await readMnist(mnistFiles);
    train = digitPool(mnist.train);
    test = digitPool(mnist.test);
  }, 60_000);
  const draw = (name: string, pool: DigitPool, size: 28 | 64, count: number) => {
    const images = new Uint8Array(count * size * size);
    drawClass(name, pool, { size, digits: "separate" }, images, 0, count);
    return images;
  };
  /** Pixels of a half of a 64×64 picture, as `[64, 32]`. */
  const half = (picture: Uint8Array, side: 0 | 1) =>
    Uint8Array.from(
      { length: 64 * 32 },
      (_, i) => picture[Math.floor(i / 32) * 64 + 32 * side + (i % 32)] ?? 0,
    );
  /** Which digit of a pool, at which offset, makes a half; found by trying all. */
  const find = (
    pixels: Uint8Array,
    pool: DigitPool,
    digit: number,
  ): [row: number, column: number] | undefined => {
    for (const position of pool.positions[digit] ?? []) {
      const image = pool.images.subarray(position * 784, (position + 1) * 784);
      const sum = (values: Uint8Array) => values.reduce((a, b) => a + b, 0);
      if (sum(image) !== sum(pixels)) continue;
      for (let row = 0; row < 36; row += 1)
        for (let column = 0; column < 4; column += 1)
          if (
            image.every((value, i) => value === pixels[(row + Math.floor(i / 28)) * 32 + column + (i % 28)])
          )
            return [row, column];
    }
    return undefined;
  };

  it("puts the first digit into the left half and the second into the right, from the given digits", () => {
    const images = draw("47", test, 64, 3);
    for (let i = 0; i < 3; i += 1) {
      const picture = images.subarray(i * 4096, (i + 1) * 4096);
      expect(find(half(picture, 0), test, 4)).toBeDefined();
      expect(find(half(picture, 1), test, 7)).toBeDefined();
      expect(find(half(picture, 0), train, 4)).toBeUndefined();
    }
  });

  it("uses every row offset of 0 to 35 and column offset of 0 to 3", () => {
    // A pool of one fully inked picture a digit shows the offsets at a glance.
    const inked = digitPool({
      images: new Uint8Array(10 * 784).fill(255),
      labels: Uint8Array.from({ length: 10 }, (_, digit) => digit),
    });
    const images = draw("12", inked, 64, 1000);
    const offsets = [new Set<string>(), new Set<string>()] as const;
    for (let i = 0; i < 1000; i += 1)
      for (const side of [0, 1] as const) {
        const first = half(images.subarray(i * 4096, (i + 1) * 4096), side).indexOf(255);
        offsets[side].add(`row ${String(Math.floor(first / 32))}`).add(`column ${String(first % 32)}`);
      }
    for (const side of offsets)
      expect([...side].sort()).toEqual(
        [
          ...Array.from({ length: 36 }, (_, row) => `row ${String(row)}`),
          ...Array.from({ length: 4 }, (_, column) => `column ${String(column)}`),
        ].sort(),
      );
  });

  it("makes the small pictures from the large ones", () => {
    const large = draw("10", train, 64, 20);
    const expected = new Uint8Array(20 * 784);
    const shrink = areaAverage(64, 28);
    for (let i = 0; i < 20; i += 1) shrink(large.subarray(i * 4096, (i + 1) * 4096), expected, i * 784);
    expect(draw("10", train, 28, 20)).toEqual(expected);
  });

  it("draws the same again, a shorter class being the beginning of a longer one", () => {
    expect(draw("00", train, 64, 5)).toEqual(draw("00", train, 64, 9).subarray(0, 5 * 4096));
    expect(draw("00", train, 64, 5)).not.toEqual(draw("01", train, 64, 5));
  });

  it("has the published classes", () => {
    // First and last of each list at https://github.com/shaohua0116/MultiDigitMNIST, and the counts.
    expect(doubleMnistClasses.validation.at(0)).toBe("03");
    expect(doubleMnistClasses.validation.at(-1)).toBe("99");
    expect(doubleMnistClasses.test.at(0)).toBe("02");
    expect(doubleMnistClasses.test.at(-1)).toBe("96");
    expect(doubleMnistClasses.train.slice(0, 4)).toEqual(["00", "01", "04", "05"]);
  });
});
