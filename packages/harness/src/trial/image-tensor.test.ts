import { beforeAll, expect, it } from "vitest";
import { startBackend } from "../backend/start.ts";
import { imageReader } from "./image-tensor.ts";
import { inScope } from "./scope.ts";

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
