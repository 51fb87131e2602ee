import { defineAlgorithm } from "@metabench/core";
import { clone, mul, onesLike, scalar, type Tensor } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { descendEach, leaves, map, zip, type Weights } from "../nn/index.ts";
import { ownNetwork } from "./inner-loop/inner-loop.ts";
import { initialNetwork, metaLearner, metaOptions } from "./inner-loop/meta-learning.ts";
import { cosineAnnealing, multiStepImportance } from "./maml-plus-plus-schedules.ts";
import type { Network } from "./inner-loop/stacked-classifier.ts";

/** Scales and offsets of batch normalisation: a backbone's weights under the name `norm`. */
const isNorm = (path: string) => /\.norm\./.test(path);

/** `rates` holds a number a tensor of weights for each step, `norms` what normalisation learns for the network after each step. */
type Meta = { readonly initialisation: Network; readonly rates: readonly Network[]; readonly norms: Weights };

/**
 * MAML++: MAML made stable. Multi-step loss with annealed weights, derivative-order annealing, a cosine schedule of the meta-rate, a
 * learned rate for each tensor of weights and step, and scales and offsets of batch normalisation for each step.
 *
 * Antoniou, Edwards, Storkey 2019, section 4. https://arxiv.org/abs/1810.09502
 *
 * Step j takes θ to θⱼ = θⱼ₋₁ − αⱼ ∇L(support; θⱼ₋₁), with a learned αⱼ for each tensor; the outer loss is Σⱼ vⱼ L(queries; θⱼ), Σⱼ vⱼ = 1.
 *
 * Left out: running statistics of batch normalisation for each step. Queries are normalised with the support set's statistics under that
 * step's weights, which are each step's own already, and no average over tasks is needed. Steps beyond the trained ones take the last
 * one's rates and normalisation. As in the paper, the inner loop does not move what normalisation learns.
 */
export default defineAlgorithm({
  id: "maml-plus-plus",
  version: "1.0.0",
  title: "MAML++",
  summary:
    "MAML with a loss after every step, annealed derivative order and meta-rate, and rates and normalisation learned for each step.",
  reference: {
    title: "How to train your MAML",
    authors: ["Antreas Antoniou", "Harrison Edwards", "Amos Storkey"],
    year: 2019,
    url: "https://arxiv.org/abs/1810.09502",
  },
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    initialRate: z.number().positive().default(0.1).describe("Initial value of every rate."),
    multiStepShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .describe(
        "Fraction of the budget in which the losses after all steps count; afterwards only the last step's loss counts.",
      ),
    firstOrderShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.3)
      .describe("Fraction of the budget, from the start, that is trained with first-order gradients."),
    ...metaOptions({ innerSteps: 3, testSteps: 3 }),
  }),
  /**
   * Those of the authors' code for one shot, which takes second-order gradients from the start. On mini-ImageNet it keeps the meta-rate as
   * it is; here that falls.
   */
  presets: {
    omniglot: {
      initialRate: 0.1,
      innerSteps: 5,
      testSteps: 5,
      multiStepShare: 0.1,
      firstOrderShare: 0,
      metaRate: 0.001,
      metaBatch: 8,
      trainingQueries: 1,
      clipNorm: null,
    },
    "mini-imagenet": {
      initialRate: 0.01,
      innerSteps: 5,
      testSteps: 5,
      multiStepShare: 0.15,
      firstOrderShare: 0,
      metaRate: 0.001,
      metaBatch: 2,
      trainingQueries: 15,
      clipNorm: null,
    },
  },
  create(context, { initialRate, multiStepShare, firstOrderShare, ...options }) {
    const initialisation = initialNetwork(context);
    const steps = Array.from({ length: options.innerSteps }, (_, at) => at);
    const normalisation = [...leaves(initialisation)].filter(([path]) => isNorm(path));
    const initial: Meta = {
      initialisation,
      rates: steps.map(() => map(initialisation, () => scalar(initialRate))),
      norms: steps.map(() => Object.fromEntries(normalisation)),
    };
    const last = options.innerSteps - 1;
    return metaLearner<Meta>(
      context,
      options,
      initial,
      ({ initialisation, rates, norms }, task) => ({
        start: ownNetwork(initialisation, task),
        step(weights, at) {
          const now = Math.min(at, last);
          const spread = (weight: Tensor, rate: Tensor) => mul(onesLike(weight), rate);
          const rate = ownNetwork(zip(initialisation, rates[now] ?? initialisation, spread), task);
          const moved = descendEach(weights, task.gradient(task.loss, weights), rate);
          const own = (norms as readonly Readonly<Record<string, Tensor>>[])[now];
          const next = ownNetwork(
            map(initialisation, (leaf, path) => own?.[path] ?? leaf),
            task,
          );
          return zip(moved, next, (weight, given, path) => (isNorm(path) ? clone(given) : weight));
        },
      }),
      {
        order: (progress) => (progress < firstOrderShare ? 1 : 2),
        schedule: cosineAnnealing,
        importance: (progress) => multiStepImportance(progress / multiStepShare, options.innerSteps),
      },
    );
  },
});
