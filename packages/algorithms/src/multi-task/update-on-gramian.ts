import { addN, concat, matMul, reshape, tensor2d } from "@tensorflow/tfjs-core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Random, Weights } from "@metabench/core";
import { fromLeaves, leaves, perTaskGradients, zip } from "../nn/index.ts";
import { resumableRandom } from "../resumable-random.ts";
import type { Update } from "./update.ts";
import type { GramianWeighting } from "./weighting.ts";

/** Gradients of the tasks at every leaf, `[tasks, size of the leaf]`: the Jacobian J of the losses in pieces. */
const jacobian = (gradients: readonly Weights[]): readonly Tensor2D[] => {
  const perTask = gradients.map((gradient) => [...leaves(gradient).values()]);
  return (perTask[0] ?? []).map((_, leaf) =>
    concat(perTask.flatMap((gradient) => gradient[leaf] ?? []).map((g): Tensor2D => reshape(g, [1, g.size]))),
  );
};

const sum = <W extends Weights>(trees: readonly W[]): W => {
  const perTree = trees.map((tree) => [...leaves(tree).values()]);
  const form = trees[0] as W;
  return fromLeaves(
    form,
    [...leaves(form).keys()].map((_, leaf) => addN(perTree.flatMap((tree) => tree[leaf] ?? []))),
  );
};

/**
 * Shared parameters move along Jᵀ w, with w from the Gramian J Jᵀ of the tasks' gradients; each task's own along its own gradient. The
 * forward pass is recorded once and walked back once a task.
 */
export function updateOnGramian({ weights }: GramianWeighting, random: Random): Update {
  const stream = resumableRandom(random);
  return {
    initialise: () => ({}),
    state: stream.state,
    gradient(losses, { network }) {
      const { values, gradients } = perTaskGradients(losses, network);
      const pieces = jacobian(gradients.map(({ shared }) => shared));
      const gramian = addN(pieces.map((piece) => matMul<Tensor2D>(piece, piece, false, true))).arraySync();
      const taskWeights = stream.use((draws) => weights(gramian, draws));
      const row = tensor2d([...taskWeights], [1, taskWeights.length]);
      const combined = fromLeaves(
        network.shared,
        pieces.map((piece) => matMul(row, piece)),
      );
      const shared = zip(network.shared, combined, ({ shape }, leaf) => reshape(leaf, shape));
      // A task's own parameters have a zero gradient under every other loss.
      return {
        values,
        gradient: { network: { shared, own: sum(gradients.map(({ own }) => own)) }, weighting: {} },
      };
    },
  };
}
