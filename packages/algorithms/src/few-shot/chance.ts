import { tensor2d } from "@tensorflow/tfjs-core";
import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { fingerprint } from "./fingerprint.ts";

/**
 * Guesses: uniform random logits, which no learning may fall below.
 *
 * An image's guess depends on the trial's seed and its own pixels alone, so that it is the same whichever images are asked beside it.
 */
export default defineAlgorithm({
  id: "chance",
  version: "1.0.0",
  title: "Chance",
  summary: "Guesses every label at random: what accuracy means nothing was learned.",
  reference: null,
  regime: "few-shot",
  target: "class",
  role: "control",
  options: z.strictObject({}),
  create: ({ random }) => ({
    parameters: {},
    state: {},
    trainsOn: "nothing",
    adaptsOn: "images",
    adaptationSteps: 0,
    adapt: function* ({ ways }) {
      yield {
        predict(images) {
          const [count] = images.shape;
          const pixels = images.dataSync<"float32">();
          const logits = Float32Array.from({ length: count * ways });
          for (let image = 0; image < count; image += 1) {
            const own = pixels.subarray(
              (image * pixels.length) / count,
              ((image + 1) * pixels.length) / count,
            );
            const guesses = random.fork(fingerprint(own));
            for (let way = 0; way < ways; way += 1) logits[image * ways + way] = guesses.uniform();
          }
          return tensor2d(logits, [count, ways]);
        },
      };
    },
  }),
});
