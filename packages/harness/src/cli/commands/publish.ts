import { pathToFileURL } from "node:url";
import { join } from "node:path";
import type { Command } from "commander";
import { publish } from "../../publish/index.ts";
import { exitCodesText } from "../exit-codes.ts";
import { folder, folders } from "../flags/folder.ts";
import { publishSchema } from "../json/index.ts";
import { printJson } from "../json/print.ts";
import { withStep } from "../steps.ts";
import { surroundings } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";

interface PublishFlags {
  readonly store?: readonly string[];
  readonly out: string;
  readonly site: boolean;
  readonly json?: true;
}

/** `metabench publish`: standings as JSON and CSV, and the site. */
export function addPublish(program: Command, terminal: Terminal): void {
  program
    .command("publish")
    .description("Write the standings as JSON and CSV, and build the leaderboard site from records.")
    .option("--store <folder>", "folder of records (repeatable; default: .metabench/results)", folders)
    .option("--out <folder>", "folder to write to", folder, join(".metabench", "published"))
    .option("--no-site", "write standings.json and standings.csv only")
    .option("--json", "print what was written as JSON")
    .addHelpText(
      "after",
      `\nExamples:\n  metabench publish\n  metabench publish --store results --store .metabench/results --out public\n${exitCodesText}`,
    )
    .action(async (flags: PublishFlags) => {
      const { cwd, storeFolder } = await surroundings({});
      const published = await withStep("Publishing", terminal, async (steps) =>
        publish({
          stores: flags.store ?? [storeFolder],
          out: flags.out,
          site: flags.site,
          cwd,
          onProgress: (line) => steps.terminal.note(line),
        }),
      );
      if (flags.json) printJson(terminal, publishSchema, { schema: "metabench/publish/1", ...published });
      else terminal.out(describe(published));
    });
}

function describe({
  records,
  tables,
  standingsJson,
  standingsCsv,
  site,
}: Awaited<ReturnType<typeof publish>>): string {
  return [
    `${String(records)} records in ${String(tables)} tables.`,
    `Standings  ${standingsJson}`,
    `           ${standingsCsv}`,
    ...(site === null
      ? []
      : [
          `Site       ${pathToFileURL(join(site, "index.html")).href}`,
          `To serve it: npx --yes serve "${site}" (or any other static file server)`,
        ]),
  ].join("\n");
}
