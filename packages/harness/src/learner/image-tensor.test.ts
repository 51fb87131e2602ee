import { memory } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { whyNotNative } from "../backend/native/index.ts";
import { startBackend } from "../backend/index.ts";
import { imageReader } from "./image-tensor.ts";
import { inScope } from "./scope.ts";

const missing = whyNotNative();

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

it("normalises grey images: byte / 255, minus the mean, by the deviation", () => {
  // Two images of 1×2 pixels; (0 / 255 − 0.5) / 0.25 = −2, (255 / 255 − 0.5) / 0.25 = 2, (51 / 255 − 0.5) / 0.25 = −1.2.
  const reader = imageReader(Uint8Array.of(0, 255, 51, 0), [1, 2, 1], { mean: [0.5], deviation: [0.25] });
  inScope(() => {
    const images = reader.at([1, 0, 1]);
    expect(images.shape).toEqual([3, 1, 2, 1]);
    expect([...images.dataSync()]).toEqual([-1.2, -2, -2, 2, -1.2, -2].map(Math.fround));
  });
});

it("normalises each channel by its own numbers", () => {
  // One image of 2×1 pixels in three channels: channel c becomes (byte / 255 − c) / (c + 1).
  const bytes = Uint8Array.of(255, 255, 255, 0, 0, 0);
  const reader = imageReader(bytes, [2, 1, 3], { mean: [0, 1, 2], deviation: [1, 2, 3] });
  inScope(() => {
    const expected = [1, 0, -1 / 3, 0, -1 / 2, -2 / 3];
    expect([...reader.at(Uint32Array.of(0)).dataSync()]).toEqual(expected.map(Math.fround));
  });
});

/** Images that a change is made to, if only in name, are read one by one, and never kept. */
const unchanged = () => undefined;

it("gathers resident images to the same bits as are read one by one", () => {
  const shape = [3, 2, 3] as const;
  const normalisation = { mean: [0.4, 0.5, 0.6], deviation: [0.2, 0.3, 0.7] };
  const bytes = fc.uint8Array({ minLength: 18 * 7, maxLength: 18 * 7 });
  const positions = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(bytes, positions, (images, wanted) => {
      const resident = imageReader(images, shape, normalisation);
      const table = imageReader(images, shape, normalisation, unchanged);
      inScope(() => {
        expect(resident.at(wanted).dataSync()).toEqual(table.at(wanted).dataSync());
      });
      resident.release();
    }),
    { numRuns: 30 },
  );
});

it.skipIf(missing !== undefined)(
  "keeps images in memory from the first reading until it is told to free them",
  () => {
    const before = memory().numTensors;
    const reader = imageReader(new Uint8Array(8), [2, 2, 1], { mean: [0.5], deviation: [0.5] });
    expect(memory().numTensors).toBe(before);
    for (let times = 0; times < 3; times += 1) inScope(() => reader.at([1, 0]).dataSync());
    expect(memory().numTensors).toBe(before + 1);
    reader.release();
    expect(memory().numTensors).toBe(before);
  },
);

it.skipIf(missing !== undefined)("refuses a position behind the last image", () => {
  const reader = imageReader(new Uint8Array(8), [2, 2, 1], { mean: [0.5], deviation: [0.5] });
  inScope(() => expect(() => reader.at([2])).toThrow("not in [0, 1]"));
  reader.release();
});
