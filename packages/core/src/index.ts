export * from "./errors.ts";
export * from "./sampling/index.ts";
export * from "./plugin/index.ts";
export * from "./protocol/index.ts";
