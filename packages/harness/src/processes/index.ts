export { endWithParent } from "./end-with-parent.ts";
export { runChild, TrialFailure, type TrialProcess } from "./child-process.ts";
export { conformInChild, type CheckResult } from "./conform-in-child.ts";
