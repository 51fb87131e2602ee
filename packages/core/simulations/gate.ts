/**
 * False alarms and power of the gate, at several deviations of a seed and correlations between the two sides' seeds.
 *
 * Run after a build, under Node 22: `node packages/core/simulations/gate.ts [sets]` (4,000 by default, two minutes).
 */
import { simulateGate } from "../src/gate/simulated-gate.test-support.ts";

const sets = Number(process.argv[2] ?? 4000);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

console.log(
  `One cell, ${sets} sets, margin 1 point, 8 seeds of the baseline, looks at 1, 2, 3, 5 and 8 of the candidate`,
);
console.log(
  "deviation | correlation | A/A alarm | A/A passed | seeds | drop of the margin passed | 3 points found | seeds",
);
for (const deviation of [0.002, 0.005, 0.0124])
  for (const correlation of [0, 0.5, 0.9, 0.999]) {
    const ask = (drop: number) =>
      simulateGate({ sets, cells: 1, deviation, correlation, drop, margin: 0.01 });
    const [same, edge, lost] = [ask(0), ask(0.01), ask(0.03)];
    console.log(
      [
        deviation,
        correlation,
        percent(same.alarms),
        percent(same.passed),
        same.seeds.toFixed(1),
        percent(edge.passed),
        percent(lost.alarms),
        lost.seeds.toFixed(1),
      ].join(" | "),
    );
  }

console.log("\nA whole gate of cells without a change, deviation 0.0124, correlation 0");
console.log("cells | margin | A/A alarm | 3 points in one cell found");
for (const margin of [0.01, 0.0248])
  for (const cells of [1, 4, 12, 24]) {
    const ask = (drop: number) =>
      simulateGate({ sets: Math.ceil(sets / 2), cells, deviation: 0.0124, correlation: 0, drop, margin });
    console.log([cells, margin, percent(ask(0).alarms), percent(ask(0.03).alarms)].join(" | "));
  }
