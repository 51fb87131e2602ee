export { backendInfoSchema } from "./backend-info.ts";
export type { BackendInfo } from "./backend-info.ts";
export { cacheFolder } from "./native/cache-folder.ts";
export { setUp } from "./native/set-up.ts";
export type { SetUpOptions, SetUpOutcome } from "./native/set-up.ts";
export { startBackend } from "./start.ts";
export type { StartOptions } from "./start.ts";
export { trialEnvironment } from "./trial-environment.ts";
export type { TrialResources } from "./trial-environment.ts";
