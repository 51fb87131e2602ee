/**
 * How often the 95 % interval of the crossed two-way model covers the true mean.
 *
 * Run after a build, under Node 22: `node packages/core/simulations/coverage.ts [sets]` (4,000 by default). Scores are
 * mean + seed + episode + residual, all three normal with the standard deviations below, 200 episodes; "without seed
 * noise" sets the seed's to 0. Paired: the differences of two such methods on the same episodes, true difference 0,
 * where coverage is one minus the false alarms of the paired test.
 *
 * Known limits of the formula, seen here and in exact simulations of its mean squares: at three seeds coverage dips to
 * 92.3 % where the seeds' deviation is three to five times the standard error that episodes leave (Satterthwaite's
 * degrees of freedom are then too many whenever the seeds happen to agree), and to 93.0 % for paired differences; a paired
 * difference without any seed noise over-covers slightly, 97.0 to 97.1 %, because of the lower bound of the variance.
 */
import { crossedInterval, pairedDifference, randomStream } from "@metabench/core";
import type { Random } from "@metabench/core";

const sets = Number(process.argv[2] ?? 4000);
const episodes = 200;
const truth = 0.7;
/** Accuracy points of a 5-way 1-shot test set: episodes differ by about 0.08, and 75 queries leave about 0.05 besides. */
const episodeDeviation = 0.08;
const residualDeviation = 0.05;
/** From none to one that outweighs the 0.0066 that the episodes leave in the mean. */
const seedDeviations = [0, 0.003, 0.01, 0.03];

function draw(
  seeds: number,
  seedDeviation: number,
  difficulty: Float64Array,
  random: Random,
): Float64Array[] {
  return Array.from({ length: seeds }, () => {
    const seedEffect = seedDeviation * random.approximateNormal();
    return difficulty.map(
      (hard) => truth + seedEffect + hard + residualDeviation * random.approximateNormal(),
    );
  });
}

const difficulties = (random: Random) =>
  Float64Array.from({ length: episodes }, () => episodeDeviation * random.approximateNormal());

const percent = (count: number) => `${((100 * count) / sets).toFixed(2)} %`;

console.log(
  `coverage of the 95 % interval in ${sets} sets, ${episodes} episodes (simulation error about ±0.7 %)`,
);
console.log("seeds | sd of seeds | one method | paired difference | mean half width");
for (const seeds of [3, 5])
  for (const seedDeviation of seedDeviations) {
    const random = randomStream(`simulation/coverage/${seeds}/${seedDeviation}`);
    let covered = 0;
    let coveredPaired = 0;
    let width = 0;
    for (let set = 0; set < sets; set += 1) {
      const difficulty = difficulties(random);
      const a = draw(seeds, seedDeviation, difficulty, random);
      const b = draw(seeds, seedDeviation, difficulty, random);
      const { low, high } = crossedInterval(a);
      if (low <= truth && truth <= high) covered += 1;
      width += (high - low) / 2 / sets;
      const difference = pairedDifference(a, b);
      if (difference.low <= 0 && 0 <= difference.high) coveredPaired += 1;
    }
    console.log(
      [seeds, seedDeviation, percent(covered), percent(coveredPaired), width.toFixed(4)].join(" | "),
    );
  }
