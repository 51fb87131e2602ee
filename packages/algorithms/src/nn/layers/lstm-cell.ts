import { add, concat, mul, sigmoid, split, tanh } from "@tensorflow/tfjs-core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { fanInUniform } from "../initialisers.ts";
import type { UniformSource } from "../initialisers.ts";
import { linear } from "./linear.ts";
import type { LinearWeights } from "./linear.ts";

/** What an LSTM carries from step to step. */
export interface LstmState {
  /** The output, `[n, units]`. */
  readonly hidden: Tensor2D;
  /** The memory, `[n, units]`. */
  readonly cell: Tensor2D;
}

/**
 * One step of a long short-term memory: Hochreiter, Schmidhuber 1997, with the forget gate of Gers, Schmidhuber, Cummins 2000.
 *
 * Weights: one kernel `[inputs + units, 4 · units]` and bias, the gates in PyTorch's order: input, forget, candidate, output.
 * https://pytorch.org/docs/stable/generated/torch.nn.LSTMCell.html
 */
export const lstmCell = {
  /** Draws kernel and bias from U(±1/√units), as PyTorch does. */
  initialise(random: UniformSource, inputs: number, units: number): LinearWeights {
    return {
      kernel: fanInUniform(random, [inputs + units, 4 * units], units),
      bias: fanInUniform(random, [4 * units], units),
    };
  },

  /** Computes the next state from inputs `[n, inputs]` and the last state. */
  apply(weights: LinearWeights, x: Tensor2D, { hidden, cell }: LstmState): LstmState {
    const gates = split(linear.apply(weights, concat([x, hidden], 1)), 4, 1) as unknown as readonly [
      Tensor2D,
      Tensor2D,
      Tensor2D,
      Tensor2D,
    ];
    const [input, forget, candidate, output] = gates;
    const next: Tensor2D = add(mul(sigmoid(forget), cell), mul(sigmoid(input), tanh(candidate)));
    return { cell: next, hidden: mul(sigmoid(output), tanh(next)) };
  },
};
