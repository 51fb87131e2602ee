import type { Check, Subject } from "../check.ts";
import { saysOtherwise } from "../difference.ts";
import type { Answer } from "../specimen.ts";
import { update } from "../update.ts";

const ways = 5;
const seeds = 10;
/** Standard errors beyond which a preference is no accident; with nine degrees of freedom, chance exceeds it once in 5,000. */
const beyond = 6;
/** Mean probability by which a label must be preferred to matter. */
const least = 0.01;

/** Task classes that get the labels 0 … 4 when all are turned by some places. */
const turned = (places: number) => Array.from({ length: ways }, (_, label) => (label + places) % ways);

/** Logits `[rows, ways]`, their columns by class of the task instead of by label. */
function byClass(answer: Answer, classOrder: readonly number[]): Answer {
  const { values, rows, columns } = answer;
  const sorted = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1)
    for (const [label, way] of classOrder.entries())
      sorted[row * columns + way] = values[row * columns + label] ?? NaN;
  return { ...answer, values: sorted };
}

/** Mean probability of each label over all queries. */
function preference({ values, rows, columns }: Answer): readonly number[] {
  const means = new Array<number>(columns).fill(0);
  for (let row = 0; row < rows; row += 1) {
    const logits = [...values.subarray(row * columns, (row + 1) * columns)];
    const largest = Math.max(...logits);
    const powers = logits.map((logit) => Math.exp(logit - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    for (const [label, power] of powers.entries()) means[label] = (means[label] ?? 0) + power / sum / rows;
  }
  return means;
}

/**
 * The label that learners of many seeds prefer after an update, the classes turned by one place from seed to seed so that no class favours a label; null
 * where chance explains what there is.
 */
function preferred(make: Subject["make"]): { label: number; mean: number } | null {
  const preferences = Array.from({ length: seeds }, (_, seed) => {
    const specimen = make({ seed });
    update(specimen, 1);
    const [answer] = specimen.ask({ classOrder: turned(seed) });
    return answer ? preference(answer) : [];
  });
  for (let label = 0; label < ways; label += 1) {
    const values = preferences.map((one) => one[label] ?? NaN);
    const mean = values.reduce((sum, value) => sum + value, 0) / seeds;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (seeds - 1);
    const distance = Math.abs(mean - 1 / ways);
    if (distance > least && distance > beyond * Math.sqrt(variance / seeds)) return { label, mean };
  }
  return null;
}

/**
 * Which class gets which label does not matter: exactly, or, for a method with a randomly initialised output a label, on average over
 * seeds.
 */
export const labelOrder: Check = {
  name: "label-order",
  sentence:
    "It does not matter which class gets which label: exactly, or on average over seeds if each label has random initial weights.",
  applies: "labelling",
  look({ make }) {
    const specimen = make();
    update(specimen, 1);
    const order = turned(2);
    const [given] = specimen.ask();
    const [other] = specimen.ask({ classOrder: order });
    if (given && other && !saysOtherwise(given, byClass(other, order))) return null;
    const found = preferred(make);
    return found === null
      ? null
      : `Label ${String(found.label)} gets a mean probability of ${found.mean.toFixed(3)} over ${String(seeds)} seeds, whichever class it stands for, instead of ${(1 / ways).toFixed(1)}; treat all labels alike, and use support.labels.`;
  },
};
