export { metricsOf } from "./metrics-of.ts";
export { metricsKept, metricsUnder } from "./metrics-under.ts";
export type { NumbersOf } from "./multi-task.ts";
