import type { MultiTaskImages } from "@metabench/core";
import { beforeAll, describe, expect, it } from "vitest";
import { hashOf } from "./content.test-support.ts";
import { readMnist, sliceDigits, type Digits } from "./mnist.ts";
import { mnistFiles } from "./mnist.test-support.ts";
import { multiMnist, pairDigits } from "./multi-mnist.ts";

let prepared: MultiTaskImages;
let parts: Record<"train" | "validation" | "test", Digits>;
beforeAll(async () => {
  const data = await multiMnist.prepare(mnistFiles, {});
  if (data.kind !== "multi-task-images") throw new TypeError(data.kind);
  prepared = data;
  const { train, test } = await readMnist(mnistFiles);
  parts = { train: sliceDigits(train, 0, 50_000), validation: sliceDigits(train, 50_000, 60_000), test };
}, 120_000);

describe("multi-mnist", () => {
  it("is the pinned content", () => {
    expect(hashOf(prepared)).toBe(multiMnist.contentHash({}));
  });

  it("has 50,000 / 10,000 / 10,000 pictures, each digit once as the left one", () => {
    for (const [name, count] of [
      ["train", 50_000],
      ["validation", 10_000],
      ["test", 10_000],
    ] as const) {
      const { images, targets } = prepared.splits[name];
      expect(images.length).toBe(count * 784);
      expect(targets["left"]).toEqual(parts[name].labels);
      expect(targets["right"]?.length).toBe(count);
    }
  });

  it("draws partners with replacement, nearly evenly over the digits", () => {
    const counts = new Array<number>(10).fill(0);
    for (const label of prepared.splits.test.targets["right"] ?? []) counts[label] = (counts[label] ?? 0) + 1;
    // 10,000 draws of shares near 0.1: four standard deviations are 120; the shares themselves lie within 0.0892 and 0.1135.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(260);
  });

  it("pairs within a part only", () => {
    // One digit can only be its own partner; the digit after it belongs to another part.
    const digits = { images: new Uint8Array(784).fill(200), labels: Uint8Array.of(7) };
    expect(pairDigits(digits, "any").targets).toEqual({ left: Uint8Array.of(7), right: Uint8Array.of(7) });
  });

  it("places the digits at [0:28] and [6:34] of 36, overlaps by maximum, and takes the nearest neighbour", () => {
    const digit = parts.test.images.subarray(0, 784);
    const canvas = new Uint8Array(36 * 36);
    for (const corner of [0, 6])
      for (let y = 0; y < 28; y += 1)
        for (let x = 0; x < 28; x += 1) {
          const at = (corner + y) * 36 + corner + x;
          canvas[at] = Math.max(canvas[at] ?? 0, digit[y * 28 + x] ?? 0);
        }
    const expected = Uint8Array.from({ length: 784 }, (_, i) => {
      const [row, column] = [Math.floor(i / 28), i % 28];
      return canvas[Math.floor(((row + 0.5) * 36) / 28) * 36 + Math.floor(((column + 0.5) * 36) / 28)] ?? 0;
    });
    const { images } = pairDigits({ images: digit, labels: Uint8Array.of(7) }, "any");
    expect(images).toEqual(expected);
  });

  it("pairs the same way each time, and another way by another stream", () => {
    const digits = sliceDigits(parts.test, 0, 100);
    const right = (path: string) => pairDigits(digits, path).targets["right"];
    expect(right("a")).toEqual(right("a"));
    expect(right("b")).not.toEqual(right("a"));
  });
});
