import { addN, concat, reshape, sum } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { MetabenchError, type Weights } from "@metabench/core";
import { fromLeaves, leaves, perTaskGradients, zip } from "../nn/index.ts";
import type { Memory, Moment, Update, WeightingContext } from "./weighting.ts";

/**
 * The Jacobian J of the losses in the shared parameters, in pieces: one for each shared weight, `[tasks, numbers in the weight]`. Row i of all
 * pieces together is the gradient of task i.
 */
export type Jacobian = readonly Tensor2D[];

/** When a direction is asked for, and the losses of the tasks. */
export interface GradientMoment extends Moment {
  readonly values: readonly number[];
}

/** A weighting that makes one direction of the gradients of the tasks. */
export interface OnJacobian extends Memory {
  /** The direction to step against, in the pieces of J: `[numbers in the weight]` or `[1, numbers in the weight]`. */
  direction(jacobian: Jacobian, moment: GradientMoment): readonly Tensor[];
}

/**
 * Updates shared parameters along the direction that is made of the Jacobian, and each task's own along the gradient of its own loss. The
 * forward pass is recorded once and walked back once per task.
 *
 * @throws MetabenchError `invalid-options` for an architecture that shares nothing.
 */
export function fromJacobian(
  { title, architecture, shared: form }: WeightingContext,
  { direction, ...memory }: OnJacobian,
): Update {
  if (leaves(form).size === 0)
    throw new MetabenchError(
      "invalid-options",
      `${title} weighs gradients of shared parameters, and ${architecture} has none; choose a weighting on losses, such as equal, or an architecture that shares.`,
    );
  return {
    ...memory,
    learned: {},
    gradient(losses, { network }, moment) {
      const { values, gradients } = perTaskGradients(losses, network);
      const numbers = values.map((value) => value.dataSync()[0] ?? NaN);
      const jacobian = inPieces(gradients.map(({ shared }) => shared));
      // Gradients of a loss that is not finite say nothing. The training loop reports such a loss.
      const combined = numbers.every(Number.isFinite)
        ? direction(jacobian, { ...moment, values: numbers })
        : jacobian.map((piece) => sum(piece, 0));
      const shared = zip(network.shared, fromLeaves(network.shared, combined), ({ shape }, leaf) =>
        reshape(leaf, shape),
      );
      // A task's own parameters have a zero gradient under every other loss.
      const own = total(gradients.map((gradient) => gradient.own));
      return { values, gradient: { network: { shared, own }, weighting: {} } };
    },
  };
}

function inPieces(gradients: readonly Weights[]): Jacobian {
  const perTask = gradients.map((gradient) => [...leaves(gradient).values()]);
  return (perTask[0] ?? []).map((_, leaf) =>
    concat(perTask.flatMap((gradient) => gradient[leaf] ?? []).map((g): Tensor2D => reshape(g, [1, g.size]))),
  );
}

function total<W extends Weights>(trees: readonly W[]): W {
  const perTree = trees.map((tree) => [...leaves(tree).values()]);
  const form = trees[0] as W;
  return fromLeaves(
    form,
    [...leaves(form).keys()].map((_, leaf) => addN(perTree.flatMap((tree) => tree[leaf] ?? []))),
  );
}
