import { fileURLToPath } from "node:url";
import { MetabenchError, type Plugin } from "@metabench/core";
import { pluginsOf } from "./exports.ts";
import { installResolution } from "./resolution.ts";

/**
 * Imports one module and returns the plugins it exports, checked.
 *
 * @param module file URL, as a plugin's origin names it
 * @throws MetabenchError `invalid-plugin` when the module does not load or exports something else; its cause is kept
 */
export async function importPlugin(module: string): Promise<readonly Plugin[]> {
  installResolution();
  const file = fileURLToPath(module);
  let namespace: { readonly default?: unknown };
  try {
    namespace = (await import(module)) as typeof namespace;
  } catch (cause) {
    throw new MetabenchError("invalid-plugin", `Plugin ${file} does not load: ${explain(cause, file)}`, {
      cause,
    });
  }
  return pluginsOf(namespace, file);
}

const erasable =
  "Node erases types but compiles nothing, so a .ts plugin may not hold enums, namespaces with values, parameter properties or import aliases. " +
  'Write `const Colour = { red: "red" } as const` for an enum, or compile the plugin to JavaScript.';

/** What went wrong and how to mend it, for the failures that plugins commonly have. */
function explain(cause: unknown, file: string): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  switch (codeOf(cause)) {
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
      return `${firstLine(message)}. ${erasable}`;
    case "ERR_INVALID_TYPESCRIPT_SYNTAX":
      return `its TypeScript has a syntax error: ${firstLine(message)}. Mend it there; \`tsc --noEmit\` shows the line.`;
    case "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING":
      return (
        "it is TypeScript under node_modules, where Node strips no types. Compile the package to JavaScript and " +
        'let "metabench.plugins" in its package.json name the result, for instance "./dist/index.js".'
      );
    case "ERR_UNKNOWN_FILE_EXTENSION":
      return `${firstLine(message)}. A plugin is a .ts, .js or .mjs file.`;
    case "ERR_MODULE_NOT_FOUND":
    case "MODULE_NOT_FOUND":
      return `${firstLine(message)}. Install the plugin's dependencies beside it (only @metabench/*, zod and @tensorflow/tfjs-core come from the suite), and check its relative imports, which need their file endings.`;
    default:
      return cause instanceof MetabenchError
        ? message
        : `${nameOf(cause)}${message}. Mend ${whereThrown(cause) ?? file} and try again.`;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ` : "";
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? text).replace(/\.$/, "");
}

/** File and line of the topmost frame, which for a throwing import is where it threw. */
function whereThrown(error: unknown): string | undefined {
  const frame =
    error instanceof Error
      ? /^\s+at .*?(file:\/\/[^\s)]+|\/[^\s)]+:\d+:\d+)/m.exec(error.stack ?? "")?.[1]
      : undefined;
  if (frame?.startsWith("file:") !== true) return frame;
  const [, url, position = ""] = /^(file:.*?)((?::\d+){0,2})$/.exec(frame) ?? [];
  return url === undefined ? undefined : fileURLToPath(url) + position;
}
