export { writeConfiguration } from "./configuration.ts";
export { checkTypes, compile, type TypeCheck } from "./type-check.ts";
