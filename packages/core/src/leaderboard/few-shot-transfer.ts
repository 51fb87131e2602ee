import { episodesHarmed } from "../metrics/index.ts";
import { mean } from "../statistics/index.ts";
import { differenceOf } from "./estimation.ts";
import type { Headline } from "./leaderboard.ts";
import type { BySeed } from "./measurements.ts";
import type { FewShotTransfer } from "./transfer-schema.ts";

/**
 * Negative transfer of a few-shot row against training from scratch on the same support sets.
 *
 * Episodes harmed are counted for every pair of one seed of the method and one of the reference, so that the null level (one
 * seed of the reference against another) is counted the same way.
 *
 * @param method headline of each seed on each episode
 * @param reference the same of the reference row, named `name`
 */
export function fewShotTransferOf(
  method: BySeed,
  reference: BySeed,
  name: string,
  { direction }: Pick<Headline, "direction">,
): FewShotTransfer {
  const [seeds, alone] = [[...method.values()], [...reference.values()]];
  const harmed = seeds.flatMap((ours) => alone.map((theirs) => episodesHarmed(ours, theirs, direction)));
  const nulls = alone.flatMap((one, i) =>
    alone.filter((_, j) => j !== i).map((other) => episodesHarmed(one, other, direction)),
  );
  return {
    kind: "few-shot",
    reference: name,
    gap: direction === "higher" ? differenceOf(reference, method) : differenceOf(method, reference),
    episodesHarmed: mean(harmed),
    nullLevel: nulls.length === 0 ? null : mean(nulls),
  };
}
