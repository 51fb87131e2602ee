/** Valid protocols, records and results for tests; `@metabench/core/testing`. Nothing here runs in a benchmark. */
export { findProtocol } from "./protocols.ts";
export { buildRecord, type FailedOutcome, type RecordSketch } from "./record.ts";
export { classified, multiTasked, regressed, type ClassifiedSketch } from "./result.ts";
export { buildSpec, type SpecSketch } from "./spec.ts";
