export { retestAll } from "./retest-all.ts";
export type { RetestEntry } from "./retest-entry.ts";
