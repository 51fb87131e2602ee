export { runChild, TrialFailure, type TrialProcess } from "./child-process.ts";
export { conformInChild, type CheckResult } from "./conform-in-child.ts";
