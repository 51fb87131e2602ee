export { environment, type Environment } from "./environment.ts";
