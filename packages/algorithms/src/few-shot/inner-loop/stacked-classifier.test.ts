import { randomStream, type Episode } from "@metabench/core";
import { addN, mul, type Scalar } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import conv4 from "../../backbones/conv4.ts";
import { backboneFor, inScope, startNative } from "../../learner.test-support.ts";
import { crossEntropy, descend, gradient, leaves, linear, valueAndGradient } from "../../nn/index.ts";
import { side, testTask } from "../patterns.test-support.ts";
import { stackedClassifier, stackedSet, type Network, type StackedNetwork } from "./stacked-classifier.ts";

beforeAll(startNative);

/** The meta-gradient of a batch of tasks in both ways: all at once, and the mean of each alone. */
function bothWays(order: 1 | 2, steps: number, rate: number) {
  const backbone = backboneFor(conv4, [side, side, 1], { width: 8 });
  const initial: Network = {
    body: backbone.initialise(randomStream("body")),
    head: linear.initialise(randomStream("head"), backbone.features, 5),
  };
  const episodes: Episode[] = [0, 1, 2].map((number) => testTask(number, 2, 3));
  const stacked = stackedClassifier(backbone);
  const [support, query] = [
    stackedSet(episodes.map((episode) => episode.support)),
    stackedSet(episodes.map((episode) => episode.query)),
  ];
  const together = valueAndGradient((weights: Network): Scalar => {
    let adapted = stacked.repeat(weights, episodes.length);
    const loss = (w: StackedNetwork) => stacked.loss(w, support);
    for (let step = 0; step < steps; step += 1)
      adapted = descend(adapted, gradient(loss, adapted, { order }), rate);
    return mul(stacked.loss(adapted, query, stacked.statistics(adapted, support)), 1 / episodes.length);
  }, initial);
  const alone = valueAndGradient((weights: Network): Scalar => {
    const losses = episodes.map(({ support, query }) => {
      let adapted = weights;
      const loss = ({ body, head }: Network) =>
        crossEntropy(linear.apply(head, backbone.apply(body, support.inputs).embedding), support.labels);
      for (let step = 0; step < steps; step += 1)
        adapted = descend(adapted, gradient(loss, adapted, { order }), rate);
      const { statistics } = backbone.apply(adapted.body, support.inputs);
      const { embedding } = backbone.apply(adapted.body, query.inputs, statistics);
      return crossEntropy(linear.apply(adapted.head, embedding), query.labels);
    });
    return mul(addN(losses), 1 / losses.length);
  }, initial);
  return { together, alone };
}

describe("a meta-batch of tasks at once", () => {
  it.each([
    [1, 3, 0.1],
    [2, 1, 0.4],
    [2, 3, 0.1],
  ] as const)(
    "has the mean loss and gradient of its tasks alone: order %i, %i steps at %f",
    (order, steps, rate) => {
      inScope(() => {
        const { together, alone } = bothWays(order, steps, rate);
        expect(together.value.arraySync()).toBeCloseTo(alone.value.arraySync(), 4);
        const expected = leaves(alone.gradient);
        const largest = Math.max(
          ...[...expected.values()].flatMap((leaf) => [...leaf.dataSync()].map(Math.abs)),
        );
        for (const [path, leaf] of leaves(together.gradient)) {
          const theirs = expected.get(path)?.dataSync() ?? [];
          for (const [at, value] of leaf.dataSync().entries())
            expect(Math.abs(value - (theirs[at] ?? NaN)) / largest, path).toBeLessThan(1e-3);
        }
      });
    },
  );
});
