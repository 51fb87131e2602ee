import type { FewShotLearner, Predictor, SupportSet } from "@metabench/core";
import { add, keep, matMul, mean, mul, reshape, sub, tensor2d, tensor4d } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../backend/index.ts";
import { queriesMatter } from "./queries-matter.ts";

beforeAll(async () => {
  await startBackend({ prefer: "auto", threads: 1 });
});

const [ways, features] = [3, 4];
const question = {
  support: Uint32Array.of(0, 1, 2),
  supportLabels: Int32Array.of(0, 1, 2),
  query: Uint32Array.of(5, 6, 7, 8, 9, 10),
};
const pixel = (position: number, feature: number) => (((position * features + feature) * 37) % 101) / 101;
const inputs = (positions: Uint32Array): Tensor =>
  tensor4d(
    Array.from(positions, (position) => [[[0, 1, 2, 3].map((feature) => pixel(position, feature))]]),
    [positions.length, 1, 1, features],
  );
const flat = (x: Tensor) => reshape(x, [-1, features]);

/** Whether queries matter to a learner whose adaptation makes such a predictor, of the support images as rows. */
const matter = (adapt: (support: Tensor) => Predictor["predict"]) => {
  const learner: FewShotLearner = {
    parameters: {},
    state: {},
    trainsOn: "nothing",
    adaptsOn: "images",
    adaptationSteps: 0,
    *adapt(support: SupportSet) {
      yield { predict: adapt(flat(support.inputs)) };
    },
  };
  return queriesMatter(learner, inputs, question, { ways, shots: 1 });
};
const similarity = (x: Tensor, support: Tensor) =>
  reshape(matMul(flat(x), support, false, true), [-1, ways]) as Tensor2D;

describe("other queries are found to matter", () => {
  it("not where each is compared with the support set alone", () => {
    expect(matter((support) => (x) => similarity(x, support))).toBe(false);
  });

  it("where a predictor centres those that it is asked about", () => {
    expect(matter((support) => (x) => similarity(sub(x, mean(x, 0, true)), support))).toBe(true);
  });

  it("where a predictor keeps the centre of the first that it was asked about", () => {
    const keeping = (support: Tensor) => {
      let centre: Tensor | undefined;
      return (x: Tensor) => similarity(sub(x, (centre ??= keep(mean(x, 0, true)))), support);
    };
    expect(matter(keeping)).toBe(true);
  });

  it("not where adaptation draws at random, which tells nothing of queries", () => {
    let draws = 0;
    const random = (support: Tensor) => {
      const noise = tensor2d([[0, (draws += 1), 0]]);
      return (x: Tensor) => add<Tensor2D>(similarity(x, support), mul(noise, 10));
    };
    expect(matter(random)).toBe(false);
  });
});
