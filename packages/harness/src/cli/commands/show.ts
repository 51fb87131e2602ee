import { compileLeaderboard, leaderboardSchema } from "@metabench/core";
import type { Command } from "commander";
import { readStores } from "../../publish/index.ts";
import { exitCodesText } from "../exit-codes.ts";
import { folders } from "../flags/folder.ts";
import { printJson } from "../json/print.ts";
import { renderStandings } from "../standings/render.ts";
import { surroundings } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";

/** `metabench show`: standings of stores. */
export function addShow(program: Command, terminal: Terminal): void {
  program
    .command("show")
    .description("Show the standings of the records in one or more stores.")
    .option("--store <folder>", "folder of records (repeatable; default: .metabench/results)", folders)
    .option("--json", "print the standings as JSON")
    .addHelpText(
      "after",
      `\nExamples:\n  metabench show\n  metabench show --store results --json\n${exitCodesText}`,
    )
    .action(async (flags: { readonly store?: readonly string[]; readonly json?: true }) => {
      const { storeFolder } = await surroundings({});
      const leaderboard = compileLeaderboard(await readStores(flags.store ?? [storeFolder]));
      if (flags.json) printJson(terminal, leaderboardSchema, leaderboard);
      else terminal.out(renderStandings(leaderboard));
    });
}
