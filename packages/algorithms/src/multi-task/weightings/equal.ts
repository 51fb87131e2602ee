import { addN } from "@tensorflow/tfjs-core";
import type { Scalar } from "@tensorflow/tfjs-core";
import type { LossWeighting } from "../weighting.ts";

/** The sum of the losses. */
export const equal: LossWeighting<Record<string, never>> = {
  id: "equal",
  title: "equal weights",
  reference: null,
  uses: "losses",
  initialise: () => ({}),
  combine: (losses) => addN<Scalar>([...losses]),
};
