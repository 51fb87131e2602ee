import { fileURLToPath } from "node:url";
import { MetabenchError } from "@metabench/core";
import { describeThrown, placeInPlugin } from "./plugin-frame.ts";

const erasable =
  "Node erases types but compiles nothing, so a .ts plugin may not hold enums, namespaces with values, parameter properties or import aliases. " +
  'Write `const Colour = { red: "red" } as const` for an enum, or compile the plugin to JavaScript.';

/**
 * Why a plugin's module did not load and how to fix it, in the words of the failures that plugins commonly have.
 *
 * @param file the plugin's, blamed where the failure does not say which file broke
 */
export function explainLoadFailure(cause: unknown, file: string): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const where = placeOfSyntax(cause) ?? placeInPlugin(cause) ?? file;
  switch (codeOf(cause)) {
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
      return `${where}: ${firstLine(message)}. ${erasable}`;
    case "ERR_INVALID_TYPESCRIPT_SYNTAX":
      return `${where}: ${firstLine(message)}. Fix the syntax there.`;
    case "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING":
      return (
        "it is TypeScript under node_modules, where Node does not strip types. Compile the package to JavaScript and " +
        'name the result in "metabench.plugins" of its package.json, for instance "./dist/index.js".'
      );
    case "ERR_UNKNOWN_FILE_EXTENSION":
      return `${firstLine(message)}. A plugin is a .ts, .js or .mjs file.`;
    case "ERR_MODULE_NOT_FOUND":
    case "MODULE_NOT_FOUND":
      return `${firstLine(message)}. Install the plugin's dependencies beside it (only @metabench/*, zod and @tensorflow/tfjs-core come from the suite), and check its relative imports, which need their file endings.`;
    default:
      return cause instanceof MetabenchError
        ? describeThrown(cause)
        : `${nameOf(cause)}${message}. Fix ${where} and try again.`;
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

/** Of a file that could not be parsed, Node puts the place above the message. */
function placeOfSyntax(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const [, url, position = ""] = /^(file:\/\/\/\S+?)((?::\d+){1,2})$/m.exec(stack) ?? [];
  return url === undefined ? undefined : fileURLToPath(url) + position;
}
