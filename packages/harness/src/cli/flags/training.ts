import type { JsonObject } from "@metabench/core";
import { setting } from "./settings.ts";

/** `clip-norm` → `clipNorm`; names of a plugin's own options are left to `--set`. */
const camel = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * One `--training option=value`, added to those before it; names with hyphens or in camel case, lists with commas. Which options there are is
 * checked later, with those of the configuration.
 */
export function trainingSetting(text: string, earlier: JsonObject = {}): JsonObject {
  const given = Object.entries(setting(text)).map(([name, value]) => [
    camel(name),
    camel(name) === "augmentation" && typeof value === "string" ? value.split(",") : value,
  ]);
  return { ...earlier, ...(Object.fromEntries(given) as JsonObject) };
}
