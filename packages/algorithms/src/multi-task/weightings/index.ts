import type { Weighting } from "../weighting.ts";
import { equal } from "./equal.ts";
import { pcgrad } from "./pcgrad.ts";
import { uncertainty } from "./uncertainty.ts";

/** Every weighting; a new one is a file of this folder and an entry here. */
export const weightings = { equal, uncertainty, pcgrad } as const satisfies Readonly<
  Record<string, Weighting>
>;

/** The id of a weighting. */
export type WeightingId = keyof typeof weightings;
