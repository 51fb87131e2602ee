/** How one cell, or a whole comparison, ends. */
export const gateVerdicts = [
  "identical",
  "no-regression",
  "improvement",
  "inconclusive",
  "not-comparable",
  "regression",
] as const;

/** One of {@link gateVerdicts}. */
export type GateVerdict = (typeof gateVerdicts)[number];

/** The exit status that a comparison with this verdict ends in. */
export const verdictExitCodes: Readonly<Record<GateVerdict, 0 | 10 | 11 | 12>> = {
  identical: 0,
  "no-regression": 0,
  improvement: 0,
  inconclusive: 11,
  "not-comparable": 12,
  regression: 10,
};

/** Why two cells were not compared. */
export const obstacles = [
  "protocol-version",
  "protocol",
  "data",
  "backbone",
  "episodes",
  "transduction",
  "missing-baseline",
  "missing-candidate",
  "no-common-seed",
  "failed-baseline",
] as const;

/** One of {@link obstacles}. */
export type Obstacle = (typeof obstacles)[number];

/** From the best verdict to the one that decides over all others. */
const byWeight: readonly GateVerdict[] = [
  "identical",
  "improvement",
  "no-regression",
  "inconclusive",
  "not-comparable",
  "regression",
];

/** The verdict of several cells: the heaviest of theirs; `not-comparable` where there is none. */
export function heaviest(all: readonly GateVerdict[]): GateVerdict {
  const weight = Math.max(...all.map((verdict) => byWeight.indexOf(verdict)));
  return byWeight[weight] ?? "not-comparable";
}
