export { conformance, type ConformanceCheck, type ConformanceOptions } from "./conformance.ts";
