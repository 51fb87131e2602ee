import { registerHooks, type ResolveFnOutput } from "node:module";
import { recordImport } from "./import-graph.ts";

/** Packages of which there is one copy in a process, the suite's: plugins hand objects of them to the harness and back. */
const shared = /^(?:@metabench\/(?:core|algorithms|datasets|harness)|zod|@tensorflow\/tfjs-core)(?:\/|$)/;

/** A TypeScript file that is a plugin's own. What lies under `node_modules` Node refuses, and says so. */
const pluginTypeScript = /^file:(?!.*\/node_modules\/).*\.m?ts$/;

let installed = false;

/**
 * Makes `@metabench/*`, `zod` and `@tensorflow/tfjs-core` resolve to the suite's copy, wherever the importing file lies.
 *
 * To be called before the first plugin is imported, in every process that imports plugins; again, it does nothing.
 */
export function installResolution(): void {
  if (installed) return;
  installed = true;
  registerHooks({
    resolve(specifier, context, nextResolve): ResolveFnOutput {
      if (shared.test(specifier) && context.parentURL !== import.meta.url) {
        // For `require` Node ignores another parent; it gets the very module that an import would.
        return context.conditions.includes("require")
          ? { url: import.meta.resolve(specifier), shortCircuit: true }
          : nextResolve(specifier, { ...context, parentURL: import.meta.url });
      }
      const resolved = nextResolve(specifier, context);
      recordImport(context.parentURL, specifier, resolved.url);
      // Without it Node guesses a bare file's module system, and warns about the guess.
      return pluginTypeScript.test(resolved.url) ? { ...resolved, format: "module-typescript" } : resolved;
    },
  });
}
