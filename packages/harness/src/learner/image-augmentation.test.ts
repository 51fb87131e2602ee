import { augmentations, randomStream, type Augmentation, type ImageShape } from "@metabench/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageAugmentation } from "./image-augmentation.ts";

/** An image [height, width, channels] whose every number is its own. */
const image = ([height, width, channels]: ImageShape): Float32Array =>
  Float32Array.from({ length: height * width * channels }, (_, at) => at);

const changed = (
  asked: readonly Augmentation[],
  shape: ImageShape,
  stream: string,
  given = image(shape),
): Float32Array => {
  const result = Float32Array.from(given);
  imageAugmentation(asked, shape, randomStream(stream))(result);
  return result;
};

const shapes = fc.tuple(
  fc.integer({ min: 1, max: 20 }),
  fc.integer({ min: 1, max: 20 }),
  fc.constantFrom(1, 3),
);
const some = fc.subarray([...augmentations], { minLength: 1 });

describe("image augmentation", () => {
  it("keeps the range of each channel, and is the same again from the same stream", () => {
    fc.assert(
      fc.property(
        shapes,
        some,
        fc.integer(),
        fc.array(fc.float({ noNaN: true, min: -3, max: 3 }), { minLength: 1 }),
        (shape, asked, seed, values) => {
          const [height, width, channels] = shape;
          const given = Float32Array.from(
            { length: height * width * channels },
            (_, at) => values[at % values.length] ?? 0,
          );
          const result = changed(asked, shape, `test/${String(seed)}`, given);
          expect(result).toEqual(changed(asked, shape, `test/${String(seed)}`, given));
          for (let channel = 0; channel < channels; channel += 1) {
            const of = (list: Float32Array) => list.filter((_, at) => at % channels === channel);
            const [least, most] = [Math.min(...of(given)), Math.max(...of(given))];
            for (const value of of(result)) {
              expect(value).toBeGreaterThanOrEqual(least - 1e-5);
              expect(value).toBeLessThanOrEqual(most + 1e-5);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each(augmentations)("draws anew for each image: %s", (one) => {
    const change = imageAugmentation([one], [16, 16, 1], randomStream("test/anew"));
    const results = Array.from({ length: 12 }, () => {
      const result = image([16, 16, 1]);
      change(result);
      return [...result].join();
    });
    expect(new Set(results).size).toBeGreaterThan(1);
  });

  it("leaves the middle of an image of odd sides where it is, but for crop", () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const result = changed(["flip", "rotate", "scale"], [9, 9, 1], `test/${String(seed)}`);
      expect(result[40]).toBeCloseTo(40, 4);
    }
  });
});

describe("flip", () => {
  it("exchanges left and right of about half of the images, to the bit, and no more", () => {
    const plain = [...image([2, 3, 2])];
    const mirrored = [4, 5, 2, 3, 0, 1, 10, 11, 8, 9, 6, 7];
    let flips = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      const result = [...changed(["flip"], [2, 3, 2], `test/${String(seed)}`)];
      if (result[0] === 0) expect(result).toEqual(plain);
      else {
        expect(result).toEqual(mirrored);
        flips += 1;
      }
    }
    expect(flips).toBeGreaterThan(30);
    expect(flips).toBeLessThan(70);
  });
});

describe("crop", () => {
  it("moves by whole pixels, up to an eighth of a side each way, and repeats the edge", () => {
    const [height, width] = [16, 24];
    const seen = new Set<string>();
    for (let seed = 0; seed < 300; seed += 1) {
      const result = changed(["crop"], [height, width, 1], `test/${String(seed)}`);
      const at = (y: number, x: number) => result[y * width + x] ?? NaN;
      // The middle tells the shift: pixel (8, 12) held 8 · 24 + 12.
      const from = at(8, 12);
      const [dy, dx] = [Math.floor(from / width) - 8, (from % width) - 12];
      seen.add(`${String(dy)} ${String(dx)}`);
      for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1) {
          const fromY = Math.min(Math.max(y + dy, 0), height - 1);
          const fromX = Math.min(Math.max(x + dx, 0), width - 1);
          expect(at(y, x)).toBe(fromY * width + fromX);
        }
    }
    // −2 … 2 by −3 … 3.
    expect(seen.size).toBe(35);
  });
});

const side = 21;
const across = Float32Array.from({ length: side * side }, (_, at) => at % side);
const down = Float32Array.from({ length: side * side }, (_, at) => Math.floor(at / side));

describe("rotate and scale", () => {
  it("turns by up to 10 degrees to both sides, and changes no size", () => {
    const angles: number[] = [];
    for (let seed = 0; seed < 60; seed += 1) {
      // How a ramp grows about the middle, a pixel to the right and a pixel down.
      const slopes = (ramp: Float32Array) => {
        const result = changed(["rotate"], [side, side, 1], `test/${String(seed)}`, ramp);
        const at = (y: number, x: number) => result[y * side + x] ?? NaN;
        return [at(10, 11) - at(10, 10), at(11, 10) - at(10, 10)] as const;
      };
      const [[dx, dxDown], [dy, dyDown]] = [slopes(across), slopes(down)];
      expect(Math.hypot(dx, dy)).toBeCloseTo(1, 4);
      expect(dxDown).toBeCloseTo(-dy, 4);
      expect(dyDown).toBeCloseTo(dx, 4);
      angles.push((Math.atan2(dy, dx) * 180) / Math.PI);
    }
    expect(Math.max(...angles)).toBeGreaterThan(7);
    expect(Math.min(...angles)).toBeLessThan(-7);
    for (const angle of angles) expect(Math.abs(angle)).toBeLessThanOrEqual(10.001);
  });

  it("scales by up to 10 % both ways, and turns nothing", () => {
    const sizes: number[] = [];
    for (let seed = 0; seed < 60; seed += 1) {
      const result = changed(["scale"], [side, side, 1], `test/${String(seed)}`, across);
      sizes.push(1 / ((result[10 * side + 11] ?? NaN) - (result[10 * side + 10] ?? NaN)));
      expect(result[9 * side + 10]).toBeCloseTo(result[11 * side + 10] ?? NaN, 5);
    }
    expect(Math.max(...sizes)).toBeGreaterThan(1.07);
    expect(Math.min(...sizes)).toBeLessThan(0.93);
    for (const size of sizes) expect(Math.abs(size - 1)).toBeLessThanOrEqual(0.1001);
  });
});
