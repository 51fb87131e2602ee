import { stepsTo90Percent, improvement } from "../metrics/index.ts";
import type { AdaptationValues, Items } from "../record/readers/index.ts";
import { mean, pairedDifference } from "../statistics/index.ts";
import type { Headline } from "./leaderboard.ts";

const level = 0.05;
/** The least gain that counts: a percentage point of a share, a hundredth of an error. */
const leastGain = 0.01;

/** Values `[seeds][episodes]` after each step. */
export type StepValues = readonly (readonly Items[])[];

/** What each of `steps` gives, seed by seed. */
export const valuesAt = (curves: readonly AdaptationValues[], steps: readonly number[]): StepValues =>
  steps.map((step) => curves.map((curve) => curve.values[curve.steps.indexOf(step)] ?? []));

const meanOf = (values: readonly Items[]) => mean(values.map((row) => mean(row)));

/** How much better `later` is than `earlier`, and whether the paired episodes show it. */
function gainOf(later: readonly Items[], earlier: readonly Items[], { direction, unit }: Headline) {
  const gain = improvement(meanOf(later), meanOf(earlier), direction);
  // One value shows nothing of how values differ.
  const several = later.length * (later[0]?.length ?? 0) > 1;
  const p = several ? pairedDifference(later, earlier).p : 1;
  const size = unit === "share" ? gain : gain / meanOf(earlier);
  return { gain, size, significant: gain > 0 && p < level };
}

/**
 * How many steps adaptation takes, as standings show it.
 *
 * Null, not applicable, where the best step is not significantly better than step 0 over the paired episodes, or by less than a percentage
 * point (of an error: a hundredth). Otherwise the smallest step that has made 90 % of the way from step 0 to the best step. A method that
 * starts at chance makes nearly all of that way with its first step, which says little: of it, the step after which no later one is
 * significantly better.
 *
 * @param chance score of guessing; null where there is none
 */
export function adaptationSteps(
  steps: readonly number[],
  values: StepValues,
  headline: Headline,
  chance: { readonly score: number; readonly low: number | null } | null,
): number | null {
  const means = values.map(meanOf);
  const start = values[0] ?? [];
  const gains = values.map((at) => gainOf(at, start, headline));
  const best = gains.toSorted((a, b) => b.gain - a.gain)[0];
  if (!best?.significant || best.size < leastGain) return null;
  const startsAtChance = chance !== null && (chance.low === null || chance.low <= chance.score);
  if (!startsAtChance) return stepsTo90Percent({ steps, values: means }, headline.direction);
  const settled = values.findIndex((at, from) =>
    values.slice(from + 1).every((later) => !gainOf(later, at, headline).significant),
  );
  return steps[settled] ?? null;
}
