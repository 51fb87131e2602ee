/** Valid records and results for tests; `@metabench/core/testing`. Nothing here runs in a benchmark. */
export { buildRecord, type FailedOutcome, type RecordSketch } from "./record.ts";
export { classified, multiTasked, regressed, type ClassifiedSketch } from "./result.ts";
export { buildSpec, type SpecSketch } from "./spec.ts";
