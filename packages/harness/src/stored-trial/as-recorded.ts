import { MetabenchError, type TrialSpec } from "@metabench/core";
import type { TrialPlugins } from "../execute/index.ts";

/**
 * Checks that plugins and data are those that a trial was run with: other code would make something else of its parameters.
 *
 * @throws MetabenchError `invalid-record` naming what differs
 */
export function checkAsRecorded(spec: TrialSpec, plugins: TrialPlugins, contentHash: string): void {
  for (const kind of ["algorithm", "backbone", "dataset"] as const) {
    const { id, version, source } = spec[kind];
    const { plugin, origin } = plugins[kind];
    const differs =
      plugin.version !== version
        ? `was of version ${version} and is now of ${plugin.version}`
        : origin.source !== source
          ? "has another text than then"
          : kind === "dataset" && contentHash !== spec.dataset.contentHash
            ? "has another content than then"
            : null;
    if (differs !== null)
      throw new MetabenchError(
        "invalid-record",
        `The ${kind} ${id} ${differs}, so the trial's parameters no longer fit it. Bring that ${kind} back, or run the trial anew.`,
      );
  }
}
