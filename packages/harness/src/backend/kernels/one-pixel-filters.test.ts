import * as tf from "@tensorflow/tfjs-core";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { whyNotNative } from "../native/addon.ts";
import { startBackend } from "../start.ts";
import { noise, run, seed } from "./kernel-values.test-support.ts";

const missing = whyNotNative();

beforeAll(async () => {
  if (missing === undefined) await startBackend({ threads: 1 });
});

const [images, height, width, inputs, outputs] = [2, 7, 6, 3, 5];

/** Σ x dy for each pair of channels, written out: the gradient to a filter of one pixel, whose outputs look at every so many pixels. */
function writtenOut(x: Tensor4D, dy: Tensor4D, [down, across]: readonly [number, number], margin: number) {
  const [seen, cotangent] = [x.arraySync(), dy.arraySync()];
  const gradient = Array.from({ length: inputs * outputs }, () => 0);
  for (const [image, rows] of cotangent.entries())
    for (const [row, places] of rows.entries())
      for (const [column, channels] of places.entries()) {
        const pixel = seen[image]?.[row * down - margin]?.[column * across - margin];
        for (const [out, value] of channels.entries())
          for (const [into, brightness] of (pixel ?? []).entries()) {
            const at = into * outputs + out;
            gradient[at] = (gradient[at] ?? 0) + value * brightness;
          }
      }
  return gradient;
}

// oneDNN leaves part of this gradient as it lay in memory, on some processors and not every time: so several times each.
describe.skipIf(missing !== undefined).each([
  { strides: [1, 1], margin: 0 },
  { strides: [2, 2], margin: 0 },
  { strides: [2, 1], margin: 0 },
  { strides: [1, 3], margin: 0 },
  { strides: [2, 3], margin: 1 },
] as const)("a filter of one pixel in strides $strides, with margins of $margin", ({ strides, margin }) => {
  it.each<string | number>(margin === 0 ? ["valid", "same"] : [margin])(
    "has the gradient of its definition, padding %s",
    (pad) => {
      seed(7);
      const extent = (side: number, stride: number) => Math.ceil((side + 2 * margin) / stride);
      const attributes = { strides, pad, dataFormat: "NHWC", dilations: 1, dimRoundingMode: "floor" };
      for (let times = 0; times < 20; times += 1)
        tf.tidy(() => {
          const x = noise([images, height, width, inputs]) as Tensor4D;
          const shape = [images, extent(height, strides[0]), extent(width, strides[1]), outputs];
          const dy = noise(shape) as Tensor4D;
          const filterShape = [1, 1, inputs, outputs];
          const [gradient] = run("Conv2DBackpropFilter", { x, dy }, { ...attributes, filterShape });
          const expected = writtenOut(x, dy, strides, margin);
          for (const [at, value] of (gradient?.dataSync() ?? []).entries())
            expect(value).toBeCloseTo(expected[at] ?? NaN, 4);
        });
    },
  );
});
