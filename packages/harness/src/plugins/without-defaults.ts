import { isDeepStrictEqual } from "node:util";
import type { JsonObject, Protocol } from "@metabench/core";

/**
 * The options that differ from the plugin's defaults: a default written out is the same trial as one left out.
 *
 * @throws MetabenchError `invalid-options` where the plugin refuses them
 */
export function withoutDefaults(
  plugin: { parseOptions(options: unknown): JsonObject },
  options: JsonObject,
): Protocol["dataset"]["options"] {
  const parsed = plugin.parseOptions(options);
  const differs = (name: string) => {
    const others = Object.fromEntries(Object.entries(options).filter(([other]) => other !== name));
    try {
      return !isDeepStrictEqual(plugin.parseOptions(others), parsed);
    } catch {
      // Without it the options are refused, so it is no default.
      return true;
    }
  };
  const kept = Object.entries(options).filter(([name]) => differs(name));
  return structuredClone(Object.fromEntries(kept)) as Protocol["dataset"]["options"];
}
