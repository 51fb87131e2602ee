import { randomStream, type Random } from "../sampling/index.ts";
import { levelOf } from "./levels.ts";
import { decideLookByLook } from "./look-by-look.ts";
import type { SeedScores } from "./seed-tests.ts";

/** What is simulated. Scores are in shares, so 0.01 is a point. */
export interface GateSimulation {
  readonly sets: number;
  readonly cells: number;
  /** Standard deviation of one seed's score. */
  readonly deviation: number;
  /** Between the scores of one seed on both sides. */
  readonly correlation: number;
  /** What the first cell of the candidate loses; the others lose nothing. */
  readonly drop: number;
  readonly margin: number;
  /** Share of seeds that collapse by 20 points, on both sides. Default: none. */
  readonly collapses?: number;
}

/** What became of the sets. */
export interface SimulatedGate {
  /** Share of sets in which some cell is called a regression. */
  readonly alarms: number;
  /** Share in which every cell is called "no regression" or better. */
  readonly passed: number;
  /** Mean number of candidate seeds of a cell. */
  readonly seeds: number;
}

const seeds = 8;

/** Runs the gate on simulated seeds, with core's own decision. */
export function simulateGate(simulation: GateSimulation): SimulatedGate {
  const { sets, cells, margin } = simulation;
  const random = randomStream(`simulation/gate/${JSON.stringify(simulation)}`);
  const question = { margin, regressionLevel: levelOf(cells), passLevel: levelOf(1) };
  let [alarms, passed, used] = [0, 0, 0];
  for (let set = 0; set < sets; set += 1) {
    const decisions = Array.from({ length: cells }, (_, cell) => {
      const { baseline, candidate } = drawSides(simulation, cell === 0 ? simulation.drop : 0, random);
      return decideLookByLook(baseline, candidate, question);
    });
    if (decisions.some(({ verdict }) => verdict === "regression")) alarms += 1;
    if (decisions.every(({ verdict }) => verdict === "no-regression" || verdict === "improvement"))
      passed += 1;
    used += decisions.reduce((sum, decision) => sum + decision.seeds, 0) / cells;
  }
  return { alarms: alarms / sets, passed: passed / sets, seeds: used / sets };
}

function drawSides(
  { deviation, correlation, collapses = 0 }: GateSimulation,
  drop: number,
  random: Random,
): { readonly baseline: SeedScores; readonly candidate: SeedScores } {
  const baseline = new Map<number, number>();
  const candidate = new Map<number, number>();
  const own = () => Math.sqrt(1 - correlation) * random.approximateNormal();
  const collapse = () => (random.uniform() < collapses ? 0.2 : 0);
  for (let seed = 0; seed < seeds; seed += 1) {
    const shared = Math.sqrt(correlation) * random.approximateNormal();
    baseline.set(seed, 0.9 + deviation * (shared + own()) - collapse());
    candidate.set(seed, 0.9 + deviation * (shared + own()) - collapse() - drop);
  }
  return { baseline, candidate };
}
