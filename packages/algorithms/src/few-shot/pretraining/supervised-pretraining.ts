import type { Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import type { FewShotContext, FromLabelledImages, ParameterSet, Random, Weights } from "@metabench/core";
import { z } from "zod";
import { crossEntropy, mixedLoss, named, variables } from "../../nn/index.ts";
import { encoder } from "../embedding/encoder.ts";
import { pretrainingOptimiser, type MomentumSgd } from "./pretraining-optimiser.ts";

/** A classifier on embeddings. */
export interface Head<H extends Weights> {
  initialise(random: Random, features: number, classes: number): H;
  /** Embeddings `[n, features]` → logits `[n, classes]`. */
  apply(weights: H, embeddings: Tensor2D): Tensor2D;
}

/** Options of methods that pretrain their encoder. */
export const pretrainingOptions = {
  batchSize: z.int().min(2).default(64).describe("Images per update."),
  rate: z.number().positive().default(1e-3).describe("Adam's rate in training."),
};

/** How to pretrain. */
export interface PretrainingOptions extends z.output<z.ZodObject<typeof pretrainingOptions>> {
  readonly sgd?: MomentumSgd;
  /** Shown the embeddings of every training batch, and how many batches went before. */
  readonly watch?: (embeddings: Tensor2D, before: number) => void;
}

/** The training half of a learner, and the encoder that it trains. */
export type Pretraining = ParameterSet &
  FromLabelledImages & {
    /** Images `[n, height, width, channels]` → `[n, features]`, each alone: normalised by the running averages of training. */
    encode(images: Tensor4D): Tensor2D;
  };

/** An encoder trained with a head to tell all training classes apart, by cross-entropy. */
export function supervisedPretraining<H extends Weights>(
  { backbone, task, random, budget, training }: FewShotContext,
  head: Head<H>,
  { batchSize, rate, sgd, watch }: PretrainingOptions,
): Pretraining {
  const { body, state, embed, encode } = encoder(backbone, { random, task });
  const classifier: H = variables(
    head.initialise(random.fork("head"), backbone.features, task.trainingClasses),
  );
  const network = { body, head: classifier };
  const optimiser = pretrainingOptimiser(
    network,
    { rate, training, updates: budget.examples / batchSize },
    sgd,
  );
  return {
    parameters: named(network),
    state: { ...optimiser.state, ...state },
    trainsOn: "labelled-images",
    batchSize,
    train: (batch) => ({
      loss: optimiser.minimise((weights) => {
        const embeddings = embed(weights.body, batch.inputs);
        watch?.(embeddings, optimiser.state["step"]?.dataSync()[0] ?? 0);
        const logits = head.apply(weights.head, embeddings);
        return mixedLoss(batch, (labels) => crossEntropy(logits, labels));
      }),
    }),
    encode,
  };
}
