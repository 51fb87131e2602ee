import type { Episode, FewShotContext } from "@metabench/core";
import { tensor1d, type Tensor4D } from "@tensorflow/tfjs-core";
import { drawer } from "../against-pytorch.test-support.ts";
import conv4 from "../backbones/conv4.ts";
import { backboneFor, learnerContext } from "../learner.test-support.ts";

/** As in gradient_based_pytorch.py. */
const [ways, size, channels] = [5, 28, 32];

/** Query images per class. */
export const queries = 3;

const labels = (count: number) =>
  tensor1d(
    Array.from({ length: count }, (_, at) => at % ways),
    "int32",
  );

/** The script's task of a number: images in [0, 1], seeds 20 and 30 on. */
export const episode = (task: number, shots: number): Episode => ({
  support: {
    inputs: drawer(20 + task)<Tensor4D>([ways * shots, size, size, 1], 0.5, 0.5),
    labels: tensor1d(
      Array.from({ length: ways * shots }, (_, at) => Math.floor(at / shots)),
      "int32",
    ),
    ways,
    shots,
  },
  query: {
    inputs: drawer(30 + task)<Tensor4D>([ways * queries, size, size, 1], 0.5, 0.5),
    labels: labels(ways * queries),
  },
});

/** A Conv4 of 32 channels on images of 28×28. */
export const context = (shots: number): FewShotContext => ({
  ...learnerContext(backboneFor(conv4, [size, size, 1], { width: channels })),
  task: { ways, shots, queries, image: [size, size, 1], trainingClasses: 20 },
});

/** How far the script's weights of a name lie from their centre, and the centre. */
export function spread(name: string): readonly [limit: number, centre: number] {
  if (name.startsWith("rates.")) return [0.125, 0.175];
  if (name.endsWith("norm.scale")) return [0.3, 1];
  if (name.endsWith("norm.offset")) return [0.3, 0];
  if (name.includes("head.")) return [1 / Math.sqrt(channels), 0];
  const inputs = name.includes("blocks.0.") ? 1 : channels;
  return [1 / Math.sqrt(9 * inputs), 0];
}
