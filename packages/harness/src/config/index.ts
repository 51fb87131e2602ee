export { loadConfig } from "./config.ts";
