import type { JsonObject, TrialSpec } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import type { PluginOrigin } from "../plugins/index.ts";

const built = (name: string): { origin: PluginOrigin } => ({
  origin: {
    module: `file:///suite/${name}.js`,
    package: `@metabench/${name}`,
    packageVersion: "1.0.0",
    source: null,
  },
});
/** Plugins of the suite. */
export const own = {
  protocol: { ...built("datasets"), plugin: findProtocol("few-shot/double-mnist-28/5w1s") },
  algorithm: built("algorithms"),
  dataset: built("datasets"),
  backbone: built("algorithms"),
};

/** The spec of a quick trial of MAML with these options. */
export function specOf(options: JsonObject, division: "closed" | "open" = "closed"): TrialSpec {
  const plugin = { version: "1.0.0", options: {}, source: null };
  return {
    schemaVersion: 1,
    protocol: { ...findProtocol("few-shot/double-mnist-28/5w1s").at("quick"), division },
    algorithm: { ...plugin, id: "maml", options: options as TrialSpec["algorithm"]["options"] },
    dataset: { ...plugin, id: "double-mnist", contentHash: "0".repeat(64) },
    backbone: { ...plugin, id: "conv4" },
    seed: 2,
    reference: null,
  };
}
