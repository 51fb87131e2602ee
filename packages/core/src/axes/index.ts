export * from "./data-kind.ts";
export * from "./input.ts";
export * from "./kind.ts";
export * from "./regime.ts";
export * from "./target.ts";
