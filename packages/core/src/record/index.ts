export { packCorrectness } from "./correctness.ts";
export * from "./identity.ts";
export * from "./readers/index.ts";
export * from "./result.ts";
export type { Retested, Robustness } from "./robustness.ts";
export * from "./training-setting.ts";
export * from "./trial-record.ts";
export * from "./trial-spec.ts";
