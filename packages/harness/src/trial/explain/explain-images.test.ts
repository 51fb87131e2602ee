import {
  conv2d,
  matMul,
  mean,
  mul,
  reshape,
  softmax,
  square,
  sub,
  sum,
  tensor2d,
  tensor4d,
  type Tensor2D,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../backend/index.ts";
import { inScope } from "../../learner/index.ts";
import { explainImages, type Seen } from "./explain-images.ts";
import { occlusionMaps } from "./occlusion.ts";
import { gradientTimesInput } from "./saliency.ts";

beforeAll(async () => {
  await startBackend({ prefer: "auto", threads: 1 });
}, 60_000);

/** Values that are easy to follow: 1, 2, 3 … over 8. */
const ramp = (count: number, from = 1) => Float32Array.from({ length: count }, (_, at) => (at + from) / 8);
const side = 4;
const pixels = side * side;

describe("gradient × input", () => {
  it("of a linear model is exactly weight × input", () => {
    inScope(() => {
      const weights = Float32Array.from({ length: 2 * pixels }, (_, at) => (at % 7) - 3);
      const images = tensor4d(ramp(2 * pixels), [2, side, side, 1]);
      const linear = (x: Tensor4D) =>
        matMul<Tensor2D>(reshape(x, [-1, pixels]), tensor2d(weights, [pixels, 2]));
      const maps = gradientTimesInput(linear, images, [1, 0]);
      const input = ramp(2 * pixels);
      // Exact: sevenths of small integers times eighths have no rounding in float32.
      const expected = [1, 0].map((label, image) =>
        Array.from(
          { length: pixels },
          (_, at) => (weights[2 * at + label] ?? 0) * (input[image * pixels + at] ?? 0),
        ),
      );
      expect(maps?.map((map) => [...map])).toEqual(expected);
    });
  });

  it("sums over channels", () => {
    inScope(() => {
      const images = tensor4d([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]);
      const linear = (x: Tensor4D) =>
        matMul<Tensor2D>(reshape(x, [-1, 6]), tensor2d([1, 10, 100, -1, -10, -100], [6, 1]));
      expect(gradientTimesInput(linear, images, [0])?.map((map) => [...map])).toEqual([[321, -654]]);
    });
  });

  it("agrees with central differences on a network that is not linear", () => {
    inScope(() => {
      const kernel = tensor4d(ramp(9).map(Math.sin), [3, 3, 1, 1]);
      const network = (x: Tensor4D) => {
        const hidden = square(conv2d(x, kernel, 1, "same"));
        return reshape(mean(hidden, [1, 2]), [-1, 1]) as Tensor2D;
      };
      const values = ramp(pixels, -5);
      const [map] = gradientTimesInput(network, tensor4d(values, [1, side, side, 1]), [0]) ?? [];
      const at = 6;
      const moved = (by: number) =>
        network(
          tensor4d(
            values.map((value, i) => (i === at ? value + by : value)),
            [1, side, side, 1],
          ),
        ).dataSync()[0] ?? 0;
      const slope = (moved(0.01) - moved(-0.01)) / 0.02;
      expect(map?.[at]).toBeCloseTo(slope * (values[at] ?? 0), 4);
    });
  });

  it("is not there for a model without derivatives", () => {
    inScope(() => {
      const blind = (x: Tensor4D) => tensor2d(x.dataSync().slice(0, 2), [1, 2]);
      expect(gradientTimesInput(blind, tensor4d(ramp(pixels), [1, side, side, 1]), [0])).toBeNull();
    });
  });

  it("lets a model's own error through", () => {
    inScope(() => {
      const broken = (): Tensor2D => {
        throw new Error("The moon is full.");
      };
      expect(() => gradientTimesInput(broken, tensor4d(ramp(pixels), [1, side, side, 1]), [0])).toThrow(
        "moon",
      );
    });
  });
});

describe("occlusion", () => {
  const layout = { patch: 2, stride: 1, rows: 3, columns: 3 };
  /** Class 1 for what is bright at row 2, column 2 and nowhere else. */
  const spot = (x: Tensor4D) => {
    const looked = Float32Array.from({ length: pixels }, (_, at) => (at === 2 * side + 2 ? 3 : 0));
    const bright = matMul<Tensor2D>(reshape(x, [-1, pixels]), tensor2d(looked, [pixels, 1]));
    return matMul<Tensor2D>(bright, tensor2d([-1, 1], [1, 2]));
  };

  it("peaks at the one place that a model looks at", () => {
    inScope(() => {
      const images = tensor4d(new Float32Array(pixels).fill(0.5), [1, side, side, 1]);
      const [map] = occlusionMaps(spot, images, [1], layout, false);
      // Logits ∓1.5: the probability 1/(1 + e⁻³) falls to one half where the patch covers the place, and nowhere else.
      const lost = 1 / (1 + Math.exp(-3)) - 0.5;
      const expected = [0, 0, 0, 0, lost, lost, 0, lost, lost];
      for (const [at, value] of expected.entries()) expect(map?.[at]).toBeCloseTo(value, 5);
    });
  });

  it("keeps each image's company where predictions hang on it", () => {
    inScope(() => {
      const images = tensor4d(ramp(2 * pixels), [2, side, side, 1]);
      const asked: number[] = [];
      const centred = (x: Tensor4D) => {
        asked.push(x.shape[0]);
        return spot(sub(x, mean(x, 0, true)));
      };
      const maps = occlusionMaps(centred, images, [0, 1], layout, true);
      expect(maps.map((map) => map.length)).toEqual([9, 9]);
      expect(new Set(asked)).toEqual(new Set([2]));
      expect(Math.max(...(maps[1] ?? []).map(Math.abs))).toBeGreaterThan(0);
    });
  });
});

describe("explaining images", () => {
  const layout = { block: 1, height: side, width: side, patch: 2, stride: 2, rows: 2, columns: 2 };
  const seen = (attention: ((x: Tensor4D) => Tensor2D) | null): Seen => ({
    logitsOf: (x) => {
      const bright = sum<Tensor2D>(reshape(x, [-1, pixels]), 1, true);
      return matMul<Tensor2D>(bright, tensor2d([1, -1], [1, 2]));
    },
    classes: 2,
    attentionOf: attention,
    supportImages: 2,
  });
  const images = () => tensor4d(ramp(pixels), [1, side, side, 1]);

  it("tells class, probability, maps and attention", () => {
    inScope(() => {
      const attend = () => softmax(tensor2d([[0, Math.log(3)]]));
      const [image] = explainImages(seen(attend), images(), { layout, transductive: false });
      expect(image).toMatchObject({ predicted: 0, probability: expect.closeTo(1, 9) });
      expect([...(image?.saliency ?? [])]).toEqual([...ramp(pixels)]);
      expect(image?.attention?.[0]).toBeCloseTo(0.25, 6);
      expect(image?.attention?.[1]).toBeCloseTo(0.75, 6);
      expect(image?.occlusion).toHaveLength(4);
    });
  });

  it("gives transductive predictions no gradient of their own", () => {
    inScope(() => {
      const [image] = explainImages(seen(null), images(), { layout, transductive: true });
      expect(image).toMatchObject({ saliency: null, attention: null });
      expect(image?.occlusion).toHaveLength(4);
    });
  });

  it("refuses attention that is no shares", () => {
    inScope(() => {
      for (const weights of [
        [1, 1],
        [1.5, -0.5],
      ])
        expect(() =>
          explainImages(
            seen(() => tensor2d([weights])),
            images(),
            { layout, transductive: false },
          ),
        ).toThrow(/attention\(\) returned weights that sum to [12]\.000 for an input; return shares/);
    });
  });

  it("refuses attention over other images than the support's", () => {
    inScope(() => {
      const wrong = () => mul<Tensor2D>(tensor2d([[1, 1, 1]]), 1 / 3);
      expect(() => explainImages(seen(wrong), images(), { layout, transductive: false })).toThrow(
        /attention\(\) returned shape \[1, 3\] for 1 inputs and 2 support examples; return \[1, 2\]/,
      );
    });
  });
});
