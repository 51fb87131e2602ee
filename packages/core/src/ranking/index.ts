export { comparePairwise, correctComparisons, significanceLevel } from "./pairwise.ts";
export type { CorrectedComparison, PairwiseComparison, ScoredMethod, Verdict } from "./pairwise.ts";
export { paretoFront } from "./pareto.ts";
export type { ScoreAndTime } from "./pareto.ts";
export { standings } from "./standings.ts";
export type { Standing, Standings } from "./standings.ts";
export { rankByTieGroups } from "./tie-groups.ts";
export type { Rank } from "./tie-groups.ts";
