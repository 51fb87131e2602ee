import { choleskyFactor, solveFactored } from "../../nn/index.ts";

/** One example of a ridge regression. */
export interface RidgeExample {
  /** `[features]` */
  readonly input: ArrayLike<number>;
  /** `[outputs]` */
  readonly target: ArrayLike<number>;
  /** The group whose offset the example takes part in, from 0 on; absent where there are no groups. */
  readonly group?: number;
}

/** Sizes of a ridge regression, and its penalty λ > 0. */
export interface RidgeForm {
  readonly features: number;
  readonly outputs: number;
  /** Groups of examples that have an offset of their own; 0 for none. */
  readonly groups: number;
  readonly penalty: number;
}

/** What a ridge regression predicts: `Wᵀ x + b + c_g` for input x of group g. Arrays are row by row. */
export interface RidgeSolution {
  /** W, `[features, outputs]` */
  readonly kernel: Float32Array;
  /** b, `[outputs]` */
  readonly bias: Float32Array;
  /** c, `[groups, outputs]` */
  readonly offsets: Float32Array;
}

/**
 * Ridge regression: the W, b and c that minimise Σᵢ ‖Wᵀ xᵢ + b + c_g(i) − yᵢ‖² + λ (‖W‖² + ‖c‖²). The bias b has no penalty.
 *
 * With z = (x, indicator of g, 1) and Λ = diag(λ, …, λ, 0) they solve (Σ z zᵀ + Λ) B = Σ z yᵀ. Sums and solution are in double precision.
 *
 * Hoerl, Kennard 1970. https://doi.org/10.1080/00401706.1970.10488634
 *
 * @throws MetabenchError `not-finite` where an input is not finite, or there is no example
 */
export function ridge(examples: Iterable<RidgeExample>, form: RidgeForm): RidgeSolution {
  const { features, outputs, groups, penalty } = form;
  const width = features + groups + 1;
  const gram = new Float64Array(width * width);
  const products = Array.from({ length: outputs }, () => new Float64Array(width));
  const z = new Float64Array(width);
  for (const { input, target, group } of examples) {
    z.fill(0);
    z.set(input);
    if (group !== undefined) z[features + group] = 1;
    z[width - 1] = 1;
    // Most features and all indicators but one are 0 and add nothing.
    const there = [...z.keys()].filter((at) => z[at] !== 0);
    for (const row of there) {
      const value = z[row] ?? NaN;
      for (const column of there) {
        if (column > row) break;
        const cell = row * width + column;
        gram[cell] = (gram[cell] ?? NaN) + value * (z[column] ?? NaN);
      }
      for (const [output, sums] of products.entries())
        sums[row] = (sums[row] ?? NaN) + value * (target[output] ?? NaN);
    }
  }
  for (let at = 0; at < width - 1; at += 1) gram[at * width + at] = (gram[at * width + at] ?? NaN) + penalty;
  const lower = choleskyFactor(gram, width);
  for (const sums of products) solveFactored(lower, sums);
  const rows = (from: number, to: number) =>
    Float32Array.from({ length: (to - from) * outputs }, (_, at) => {
      const row = Math.floor(at / outputs);
      return products[at - row * outputs]?.[from + row] ?? NaN;
    });
  return {
    kernel: rows(0, features),
    bias: rows(width - 1, width),
    offsets: rows(features, features + groups),
  };
}
