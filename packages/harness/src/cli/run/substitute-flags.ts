import { MetabenchError, type JsonObject } from "@metabench/core";
import type { Substitute } from "../../execute/index.ts";

/**
 * The substitute that flags name, with the options that the configuration keeps for it; those of the flags come before these.
 *
 * @param kind as the flags are called: `--dataset` and `--dataset-set`
 * @param kept options of the configuration by plugin; those of other plugins fall away
 * @throws MetabenchError `invalid-usage` where options are set and no plugin is named whose they would be
 */
export function substituteOf(
  kind: "dataset" | "backbone",
  id: string | undefined,
  set: JsonObject | undefined,
  kept: Readonly<Record<string, JsonObject>>,
): Substitute | undefined {
  if (id !== undefined)
    return { id, options: { ...(Object.hasOwn(kept, id) ? kept[id] : undefined), ...set } };
  if (set === undefined) return undefined;
  throw new MetabenchError(
    "invalid-usage",
    `--${kind}-set sets options of the ${kind} that replaces the protocol's. Name it with --${kind}, or leave --${kind}-set out.`,
  );
}
