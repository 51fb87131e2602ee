import { defineAlgorithm } from "@metabench/core";
import { mean, sub, zeros, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { linear, unitLength } from "../nn/index.ts";
import { nearestMean } from "./embedding/nearest-mean.ts";
import { momentumSgd } from "./pretraining/pretraining-optimiser.ts";
import { runningStatistics } from "./embedding/running-statistics.ts";
import { pretrainingOptions, supervisedPretraining } from "./pretraining/supervised-pretraining.ts";

/** The paper's feature transformations: UN, L2N (x / ‖x‖) and CL2N ((x − x̄) / ‖x − x̄‖, x̄ the mean training feature). */
export const transformations = {
  un: (x: Tensor2D) => x,
  l2n: (x: Tensor2D) => unitLength(x),
  cl2n: (x: Tensor2D, centre: Tensor1D) => unitLength(sub<Tensor2D>(x, centre)),
} as const;

/**
 * SimpleShot: features of a supervised classifier, centred by the mean feature of the training classes and L2-normalised; the nearest
 * centroid.
 *
 * Wang, Chao, Weinberger, van der Maaten 2019, section 2. https://arxiv.org/abs/1911.04623
 *
 * An image belongs to the class k of the least ‖z − m_k‖, with z = (f(x) − x̄) / ‖f(x) − x̄‖ and m_k the mean of z over the support of k.
 *
 * The mean x̄ is a running average over the last batches of training (the mean of all up to the hundredth, then with momentum 0.01), since
 * no training image is at hand in testing.
 */
export default defineAlgorithm({
  id: "simple-shot",
  version: "1.0.0",
  title: "SimpleShot",
  summary:
    "Learns to tell all training classes apart; classifies by the nearest mean of centred, normalised features.",
  reference: {
    title: "SimpleShot: Revisiting Nearest-Neighbor Classification for Few-Shot Learning",
    authors: ["Yan Wang", "Wei-Lun Chao", "Kilian Q. Weinberger", "Laurens van der Maaten"],
    year: 2019,
    url: "https://arxiv.org/abs/1911.04623",
  },
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    ...pretrainingOptions,
    rate: pretrainingOptions.rate.describe("The rate of Adam or SGD in training."),
    sgd: momentumSgd,
    transformation: z
      .enum(["un", "l2n", "cl2n"])
      .default("cl2n")
      .describe("Features unchanged, L2-normalised, or centred and L2-normalised."),
  }),
  /** As published, where training takes 90 epochs; the rate falls after 45 and 66 of them. Here it falls at these shares of the budget. */
  presets: {
    "mini-imagenet": {
      batchSize: 256,
      rate: 0.1,
      sgd: { momentum: 0.9, weightDecay: 1e-4, drops: [0.5, 0.733] },
      transformation: "cl2n",
    },
  },
  label: ({ transformation, sgd }) =>
    `SimpleShot${transformation === "cl2n" ? "" : `, ${transformation.toUpperCase()}`}${sgd ? ", SGD" : ""}`,
  create(context, { transformation, ...options }) {
    const centre = { mean: zeros([context.backbone.features]) as Tensor1D };
    const running = runningStatistics({ embedding: centre });
    const { state, encode, ...pretraining } = supervisedPretraining(context, linear, {
      ...options,
      watch: (embeddings, before) => {
        running.update(
          { embedding: { mean: mean<Tensor1D>(embeddings, 0) } },
          Math.max(0.01, 1 / (before + 1)),
        );
      },
    });
    const { embedding } = running.average as { readonly embedding: typeof centre };
    return {
      ...pretraining,
      state: { ...state, ...running.state },
      adaptsOn: "embeddings",
      adaptationSteps: 0,
      encode: (images) => transformations[transformation](encode(images), embedding.mean),
      *adapt(support) {
        yield nearestMean(support);
      },
    };
  },
});
