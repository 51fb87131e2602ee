import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { packageFolder } from "./entry-points.ts";

/** The first TypeScript that knows `erasableSyntaxOnly`. */
const oldest = [5, 8] as const;

/** A TypeScript compiler, or why there is none. */
export type Compiler = { readonly program: string } | { readonly missing: string };

const manifestSchema = z.object({ version: z.string(), bin: z.object({ tsc: z.string() }) });

/** The TypeScript of the plugin's own folder, else the suite's. */
export function findCompiler(folder: string): Compiler {
  const found = packageFolder("typescript", folder) ?? packageFolder("typescript");
  if (found === undefined)
    return {
      missing: `TypeScript is not installed, as seen from ${folder}. Run \`npm install typescript\` there.`,
    };
  const { version, bin } = manifestSchema.parse(
    JSON.parse(readFileSync(join(found, "package.json"), "utf8")),
  );
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    return {
      missing: `TypeScript ${version} at ${found} is too old. Install ${oldest.join(".")} or newer.`,
    };
  const program = join(found, bin.tsc);
  return existsSync(program)
    ? { program }
    : { missing: `TypeScript at ${found} has no tsc. Install it anew.` };
}
