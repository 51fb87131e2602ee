import { add, concat, matMul, reverse, softmax, split, zeros } from "@tensorflow/tfjs-core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { lstmCell, type LinearWeights, type UniformSource } from "../../nn/index.ts";

/** Weights of the two directions over the support set, and of the reading by a query. */
export type FullContextWeights = {
  readonly forward: LinearWeights;
  readonly backward: LinearWeights;
  readonly reading: LinearWeights;
};

/** Hidden states `[n, features]` of an LSTM that goes through the rows one by one. */
function hiddenStates(weights: LinearWeights, x: Tensor2D): Tensor2D {
  const start: Tensor2D = zeros([1, x.shape[1]]);
  let state = { hidden: start, cell: start };
  const hidden = (split(x, x.shape[0]) as Tensor2D[]).map((row) => {
    state = lstmCell.apply(weights, row, state);
    return state.hidden;
  });
  return concat(hidden);
}

/**
 * Full context embeddings: each support embedding is seen among the others, each query before the support set.
 *
 * Vinyals et al. 2016, appendices A.1 and A.2. https://arxiv.org/abs/1606.04080
 */
export const fullContextEmbedding = {
  initialise(random: UniformSource, features: number): FullContextWeights {
    const direction = () => lstmCell.initialise(random, features, features);
    return {
      forward: direction(),
      backward: direction(),
      reading: lstmCell.initialise(random, 2 * features, features),
    };
  },

  /** g of appendix A.2: a bidirectional LSTM over the support set `[n, features]`, in its order, and the embedding itself added. */
  support({ forward, backward }: FullContextWeights, embeddings: Tensor2D): Tensor2D {
    const back = reverse(hiddenStates(backward, reverse(embeddings, 0)), 0);
    return add(add(hiddenStates(forward, embeddings), back), embeddings);
  },

  /** f of equations 3 to 6: an LSTM that reads the support set by attention, `steps` times, each query `[n, features]` alone. */
  queries({ reading }: FullContextWeights, embeddings: Tensor2D, support: Tensor2D, steps: number): Tensor2D {
    let hidden = embeddings;
    let cell: Tensor2D = zeros([embeddings.shape[0], embeddings.shape[1]]);
    for (let step = 0; step < steps; step += 1) {
      const read: Tensor2D = matMul(softmax(matMul<Tensor2D>(hidden, support, false, true)), support);
      const next = lstmCell.apply(reading, concat([embeddings, read], 1), { hidden, cell });
      cell = next.cell;
      hidden = add(next.hidden, embeddings);
    }
    return hidden;
  },
};
