export * from "./definition.ts";
export * from "./protocol.ts";
export * from "./suite.ts";
