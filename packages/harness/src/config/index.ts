export { configSchema, loadConfig, type Config } from "./config.ts";
