import { addN } from "@tensorflow/tfjs-core";
import type { Scalar } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { fromLosses } from "../from-losses.ts";
import { defineWeighting } from "../weighting.ts";

/** The sum of the losses. */
export const equal = defineWeighting({
  id: "equal",
  title: "equal weights",
  reference: null,
  options: z.strictObject({}),
  create: (context) => fromLosses(context, { combine: (losses) => addN<Scalar>([...losses]) }),
});
