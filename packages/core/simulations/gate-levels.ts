/**
 * The level of each look of the gate, by number of cells: the table in `src/gate/levels.ts`.
 *
 * Run after a build, under Node 22: `node packages/core/simulations/gate-levels.ts [sets]` (300,000 by default, half a minute). A set is
 * 8 seeds of a baseline and 8 of the same method as candidate, looked at after 1, 2, 3, 5 and 8 candidate seeds. The smallest p of its looks
 * decides whether a level calls it a regression, so the level for m cells is the 0.025 / m quantile of that smallest p.
 */
import { pAbove, looks, quantile, randomStream, twoSampleTest, type SeedScores } from "@metabench/core";

const sets = Number(process.argv[2] ?? 300_000);
const random = randomStream("simulation/gate-levels");
const draw = (): SeedScores =>
  new Map(Array.from({ length: 8 }, (_, seed) => [seed, random.approximateNormal()]));

function smallestP(baseline: SeedScores, candidate: SeedScores): number {
  const ps = looks.map((seeds) => {
    const test = twoSampleTest(baseline, new Map([...candidate].slice(0, seeds)));
    return test === null ? 1 : pAbove(test, 0);
  });
  return Math.min(...ps);
}

const smallest = Float64Array.from({ length: sets }, () => smallestP(draw(), draw()));
console.log(`${sets} sets\ncells | level`);
for (const cells of [1, 2, 4, 8, 12, 24])
  console.log(`${cells} | ${quantile(smallest, 0.025 / cells).toPrecision(3)}`);
