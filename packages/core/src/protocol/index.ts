export * from "./definition.ts";
export * from "./essentials.ts";
export * from "./protocol.ts";
export * from "./suite.ts";
