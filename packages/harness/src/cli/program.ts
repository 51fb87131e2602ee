import { readFileSync } from "node:fs";
import { Command } from "commander";
import { z } from "zod";
import { addCompare } from "./commands/compare.ts";
import { addConform } from "./commands/conform.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addExplain } from "./commands/explain.ts";
import { addList } from "./commands/list.ts";
import { addPrepare } from "./commands/prepare.ts";
import { addPublish } from "./commands/publish.ts";
import { addRetest } from "./commands/retest.ts";
import { addRun } from "./commands/run.ts";
import { addSetup } from "./commands/setup.ts";
import { addShow } from "./commands/show.ts";
import { addTypes } from "./commands/types.ts";
import { addWhy } from "./commands/why.ts";
import { exitCodesText } from "./exit-codes.ts";
import { flagFault } from "./flags/flag-fault.ts";
import type { Terminal } from "./terminal.ts";

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")));

/** The command line: every command, its flags and help. Reports bad flags to the user, then throws commander's error. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command("metabench")
    .description("Benchmark suite and leaderboard for few-shot and multi-task learning.")
    .version(version)
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
    .addHelpText(
      "after",
      `\nExamples:\n  metabench run --suite quick\n  metabench list protocols\n  metabench publish --store results\n${exitCodesText}`,
    );
  for (const add of [
    addRun,
    addRetest,
    addList,
    addPrepare,
    addConform,
    addTypes,
    addExplain,
    addPublish,
    addShow,
    addCompare,
    addWhy,
    addDoctor,
    addSetup,
  ])
    add(program, terminal);
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ])
    command
      .showHelpAfterError(`Run \`${fullName(command)} --help\` to see its arguments.`)
      .configureOutput({ outputError: (text, write) => write(flagFault(text, command)) });
  return program;
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
