import { MetabenchError, type OptionedPlugin, type Plugin, type TrialSpec } from "@metabench/core";
import { hashOfSource, importPlugin } from "../plugins/index.ts";

type Planned = Pick<TrialSpec["algorithm"], "id" | "version" | "source">;

/**
 * Imports a module and takes the plugin from it that a trial was planned with.
 *
 * @param fits whether a plugin is the one meant
 * @throws MetabenchError `plugin-not-found` where it is gone, `invalid-plugin` where it was changed since: what it did would be recorded
 * under the identity of what it was
 */
export async function plannedPlugin<P extends OptionedPlugin>(
  module: string,
  planned: Planned,
  fits: (plugin: Plugin) => plugin is P,
): Promise<P> {
  const found = (await importPlugin(module)).find(fits);
  if (!found)
    throw new MetabenchError(
      "plugin-not-found",
      `${module} no longer holds the plugin that was planned; plan the run again.`,
    );
  const file = decodeURIComponent(new URL(module).pathname);
  if (found.version !== planned.version)
    throw changed(`${found.kind} ${planned.id} (${file})`, `its version was ${planned.version}`);
  if (planned.source !== null && (await sourceOf(module)) !== planned.source)
    throw changed(`${found.kind} ${planned.id} (${file})`, "it, or what it imports, had another text then");
  return found;
}

const sources = new Map<string, Promise<string>>();

/** As when it was imported: what plugins import later on, in their functions, is no part of it. */
async function sourceOf(module: string): Promise<string> {
  const known = sources.get(module) ?? hashOfSource(module);
  sources.set(module, known);
  return known;
}

const changed = (plugin: string, how: string) =>
  new MetabenchError(
    "invalid-plugin",
    `The ${plugin} was changed since the command began: ${how}. Start the run again to run the plugin as it is now; ` +
      "or restore the old one and start with --retry-failed to continue this trial.",
  );
