import { fileURLToPath } from "node:url";
import { MetabenchError, type Plugin } from "@metabench/core";
import { blamedPlugin } from "./blamed-plugin.ts";
import { pluginsOf } from "./exports.ts";
import { guardedImport } from "./guarded-import.ts";
import { explainLoadFailure } from "./load-failure.ts";
import { rememberPlugin } from "./plugin-frame.ts";
import { installResolution } from "./resolution.ts";

/**
 * Imports one module and returns the plugins it exports, checked.
 *
 * @param module file URL, as a plugin's origin names it
 * @throws MetabenchError `invalid-plugin` when the module does not load, wants to end the process or exports something else; its cause is kept
 */
export async function importPlugin(module: string): Promise<readonly Plugin[]> {
  installResolution();
  rememberPlugin(module);
  const file = fileURLToPath(module);
  let namespace: { readonly default?: unknown };
  try {
    namespace = await guardedImport(file, async () => import(module) as Promise<typeof namespace>);
  } catch (cause) {
    throw new MetabenchError(
      "invalid-plugin",
      `Plugin ${file} does not load: ${explainLoadFailure(cause, file)}`,
      {
        cause,
      },
    );
  }
  return pluginsOf(namespace, file).map((plugin) => blamedPlugin(plugin, file));
}
