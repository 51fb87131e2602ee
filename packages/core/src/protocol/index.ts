export * from "./definition.ts";
export * from "./episodes-of.ts";
export * from "./essentials.ts";
export * from "./namespace.ts";
export * from "./protocol.ts";
export * from "./suite.ts";
