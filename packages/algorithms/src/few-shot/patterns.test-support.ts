import {
  randomStream,
  type FewShotContext,
  type FewShotLearner,
  type LabelledSet,
  type Predictor,
  type SupportSet,
} from "@metabench/core";
import { tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import conv4 from "../backbones/conv4.ts";
import { backboneFor, learnerContext } from "../learner.test-support.ts";

export const side = 16;
export const trainingClasses = 12;

/** `perClass` pictures of each class, class by class: a pattern of the class's own, shifted by up to a pixel, in noise. */
export function patterns(
  classes: readonly number[],
  perClass: number,
  stream: string,
  noise = 0.5,
): LabelledSet {
  const random = randomStream(stream);
  const pixels: number[] = [];
  for (const name of classes) {
    const drawing = randomStream(`pattern/${String(name)}`);
    const blocks = Array.from({ length: 25 }, () => drawing.below(2));
    for (let copy = 0; copy < perClass; copy += 1) {
      const [dy, dx] = [random.below(2), random.below(2)];
      for (let y = 0; y < side; y += 1)
        for (let x = 0; x < side; x += 1)
          pixels.push(
            2 * (blocks[Math.floor((y + dy) / 4) * 5 + Math.floor((x + dx) / 4)] ?? 0) -
              1 +
              noise * random.approximateNormal(),
          );
    }
  }
  const labels = classes.flatMap((_, label) => Array.from({ length: perClass }, () => label));
  return { inputs: tensor4d(pixels, [labels.length, side, side, 1]), labels: tensor1d(labels, "int32") };
}

/** A test task of five classes that training never saw. */
export function testTask(
  number: number,
  shots = 1,
  queries = 5,
): { support: SupportSet; query: LabelledSet } {
  const classes = Array.from({ length: 5 }, (_, way) => 1000 + 5 * number + way);
  return {
    support: { ...patterns(classes, shots, `support/${String(number)}`), ways: 5, shots },
    query: patterns(classes, queries, `query/${String(number)}`),
  };
}

/** A context for the patterns, with a narrow Conv4. */
export const context = (seed = 0): FewShotContext => ({
  ...learnerContext(backboneFor(conv4, [side, side, 1], { width: 8 }), seed),
  task: { ways: 5, shots: 1, queries: 5, image: [side, side, 1], trainingClasses },
});

/** A learner's predictors on images, whatever it adapts on; queries are encoded as the harness does. */
export function* adapted(
  learner: FewShotLearner,
  support: SupportSet,
): Generator<(images: Tensor4D) => Tensor2D> {
  if (learner.adaptsOn === "images") for (const { predict } of learner.adapt(support)) yield predict;
  else {
    const embedded: SupportSet<Tensor> = { ...support, inputs: learner.encode(support.inputs) };
    for (const { predict } of learner.adapt(embedded) as Iterable<Predictor<Tensor>>)
      yield (images) => predict(learner.encode(images));
  }
}
