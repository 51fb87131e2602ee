import { maxPool as pool } from "@tensorflow/tfjs-core";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { hasKernel } from "../engine.ts";
import { maxPoolWithWorkspace } from "../fused/max-pool.ts";

/** Options of {@link maxPool}. */
export interface MaxPoolOptions {
  /** Height and width of a window, which is also the stride. Default 2. */
  readonly size?: number;
  /** Whether a last, incomplete window counts (`"same"`) or not (`"valid"`). Default `"valid"`. */
  readonly padding?: "same" | "valid";
}

/** Maxima over windows that do not overlap: `[n, h, w, c]` → `[n, h / size, w / size, c]`, rounded down for `"valid"`, up for `"same"`. */
export function maxPool(x: Tensor4D, { size = 2, padding = "valid" }: MaxPoolOptions = {}): Tensor4D {
  if (hasKernel("MaxPoolWithWorkspace"))
    return maxPoolWithWorkspace(x, { filterSize: size, strides: size, pad: padding });
  return pool(x, size, size, padding);
}
