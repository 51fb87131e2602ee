export { planRun } from "./plan.ts";
export { runPlan } from "./run.ts";
export type * from "./types.ts";
