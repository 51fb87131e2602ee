export { planRun } from "./plan.ts";
export { profilePlan } from "./profile.ts";
export type { TrialProfile } from "./profile.ts";
export { runPlan } from "./run.ts";
export type * from "./types.ts";
