export { nameTrial, type TrialName } from "./name-trial.ts";
export { isOwnCode, isOwnError } from "./own-errors.ts";
export { startStored, type StoredTrialOptions } from "./start-stored.ts";
