export * from "./conform.ts";
export * from "./explain.ts";
export * from "./list.ts";
export * from "./prepare.ts";
export * from "./profile.ts";
export * from "./publish.ts";
export * from "./run.ts";
export * from "./setup.ts";
