export * from "./compile.ts";
export * from "./csv.ts";
export * from "./estimate.ts";
export * from "./flag.ts";
export * from "./leaderboard.ts";
export { timedOn, waitingMs } from "./pareto-of.ts";
export * from "./row.ts";
export type { RowDefinition } from "./row-definition.ts";
export * from "./transfer-schema.ts";
