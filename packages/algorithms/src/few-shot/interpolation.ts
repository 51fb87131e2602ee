import type { Variables } from "@metabench/core";
import { add, mul, scalar, sub, variable, type Variable } from "@tensorflow/tfjs-core";
import { zip, type Weights } from "../nn/index.ts";

/** Moves a tree of variables a share of the way towards a target: φ ← φ + share · (target − φ). */
export interface Interpolation<W extends Weights> {
  towards(target: W): void;
  /** How many moves were made. */
  readonly state: Variables;
}

/** Interpolation whose share depends on how many moves were made. */
export function interpolation<W extends Weights>(
  weights: W,
  share: (step: number) => number,
): Interpolation<W> {
  const step = variable(scalar(0, "int32"), false);
  return {
    state: { step },
    towards(target) {
      const [made = 0] = step.dataSync();
      zip(weights, target, (from, to) => {
        (from as Variable).assign(add(from, mul(sub(to, from), share(made))));
        return from;
      });
      step.assign(scalar(made + 1, "int32"));
    },
  };
}
