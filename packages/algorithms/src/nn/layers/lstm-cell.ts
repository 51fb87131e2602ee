import { add, concat, mul, sigmoid, split, tanh } from "@tensorflow/tfjs-core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { fanInUniform } from "../initialisers.ts";
import type { UniformSource } from "../initialisers.ts";
import { linear } from "./linear.ts";
import type { LinearWeights } from "./linear.ts";

/** What an LSTM carries from step to step: `[n, units]` each. */
export interface LstmState {
  readonly hidden: Tensor2D;
  readonly cell: Tensor2D;
}

/**
 * One step of a long short-term memory: Hochreiter, Schmidhuber 1997, with the forget gate of Gers, Schmidhuber, Cummins 2000.
 *
 * Weights: one kernel `[inputs + units, 4 · units]` and bias, the gates in PyTorch's order: input, forget, candidate, output.
 * https://pytorch.org/docs/stable/generated/torch.nn.LSTMCell.html
 */
export const lstmCell = {
  /** All from U(±1/√units), as PyTorch has them. */
  initialise(random: UniformSource, inputs: number, units: number): LinearWeights {
    return {
      kernel: fanInUniform(random, [inputs + units, 4 * units], units),
      bias: fanInUniform(random, [4 * units], units),
    };
  },

  /** x `[n, inputs]` and the last state give the next. */
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
