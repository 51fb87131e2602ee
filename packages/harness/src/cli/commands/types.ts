import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import process from "node:process";
import { MetabenchError } from "@metabench/core";
import type { Command } from "commander";
import { compile, writeConfiguration } from "../../plugins/index.ts";
import { typeCheckText } from "../conform/type-check-text.ts";
import { exitCodes, exitCodesText } from "../exit-codes.ts";
import { typesSchema } from "../json/index.ts";
import { printJson } from "../json/print.ts";
import type { Terminal } from "../terminal.ts";

interface TypesFlags {
  readonly file: string;
  readonly json?: true;
}

/** The folder meant: a plugin's own where its file is named. */
function folderOf(named: string): string {
  const path = resolve(named);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new MetabenchError(
      "invalid-usage",
      `There is no ${path}. Name the folder that the plugin lies in.`,
    );
  return found.isDirectory() ? path : dirname(path);
}

/** `metabench types`: a tsconfig for plugins, and what the compiler says of them. */
export function addTypes(program: Command, terminal: Terminal): void {
  program
    .command("types")
    .description(
      "Write a tsconfig.json for the plugins of a folder, so that editors know the suite's types, and check them.",
    )
    .argument("[folder]", "the folder of the plugins, or one of its files", ".")
    .option("--file <name>", "write this file, for a tsconfig of your own to extend", "tsconfig.json")
    .option("--json", "print what was written and found as JSON")
    .addHelpText(
      "after",
      `\nExamples:\n  metabench types\n  metabench types ./plugins\n  metabench types --file tsconfig.metabench.json\n${exitCodesText}`,
    )
    .action(async (named: string, flags: TypesFlags) => {
      const folder = folderOf(named);
      const file = await writeConfiguration(folder, flags.file);
      const check = await compile(file, folder);
      if (flags.json) printJson(terminal, typesSchema, { schema: "metabench/types/1", file, check });
      else terminal.out(`${file} is written.\n${typeCheckText(check, process.cwd(), terminal.colours)}`);
      if (check.status === "failed") process.exitCode = exitCodes.incomplete;
    });
}
