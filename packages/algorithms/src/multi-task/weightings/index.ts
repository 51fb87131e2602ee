import type { Weighting } from "../weighting.ts";
import { cagrad } from "./cagrad.ts";
import { dynamicWeightAverage } from "./dynamic-weight-average.ts";
import { equal } from "./equal.ts";
import { famo } from "./famo.ts";
import { pcgrad } from "./pcgrad.ts";
import { staticWeights } from "./static.ts";
import { uncertainty } from "./uncertainty.ts";

/** Every weighting by its id; a new one is a file of this folder and an entry here. */
export const weightings = {
  equal,
  uncertainty,
  pcgrad,
  static: staticWeights,
  "dynamic-weight-average": dynamicWeightAverage,
  famo,
  cagrad,
} as const satisfies Readonly<Record<string, Weighting>>;

/** The id of a weighting. */
export type WeightingId = keyof typeof weightings;
