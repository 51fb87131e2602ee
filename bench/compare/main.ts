import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "@metabench/harness/backend";
import { Command, Option } from "commander";
import { environment } from "../environment/build.ts";
import { findPython } from "../environment/python.ts";
import { matching, number, runCommand, timeLeftLine } from "../command-line.ts";
import { ourProgram, peerProgram } from "../side/side.ts";
import { positionsByClass, testEpisodes } from "../workloads/episodes.ts";
import { machine } from "../machine.ts";
import { measureRow } from "./measure-row.ts";
import { asMarkdown, asTable, reportSchema, type Report, type RowReport } from "./report.ts";
import { rows } from "./rows.ts";

interface Flags {
  readonly json?: string;
  readonly only?: string;
  readonly pairs: number;
  readonly threads: number;
  readonly time: number;
  readonly markdown?: true;
}

const note = (line: string) => process.stderr.write(`${line}\n`);
const beside = (file: string) => fileURLToPath(new URL(`../peers/${file}`, import.meta.url));

async function main({ json, only, pairs, threads, time, markdown }: Flags): Promise<void> {
  const chosen = matching(rows, only, ({ id, title }) => `${id} ${title}`);
  const before = machine();
  if (before.load > 0.5)
    note(
      `The machine is busy (load ${before.load.toFixed(1)}): ratios will be noisy. Run this on a quiet one.`,
    );
  const { python, notes } = await environment(
    join(cacheFolder(), "peers"),
    { needed: beside("requirements.txt"), optional: beside("optional.txt") },
    await findPython(),
    note,
  );
  const scratch = await mkdtemp(join(tmpdir(), "metabench-bench-"));
  const measured: RowReport[] = [];
  try {
    const episodes = join(scratch, "episodes.json");
    await writeFile(episodes, JSON.stringify(testEpisodes(1000).map(positionsByClass)));
    const how = {
      ours: ourProgram,
      peer: peerProgram(python),
      pairs,
      threads,
      seconds: time,
      episodes,
    };
    const left = timeLeftLine(chosen.length * pairs);
    for (const row of chosen) {
      let pair = 0;
      note(`${row.title} …${left(0)}`);
      const done = await measureRow(row, how, () => {
        pair += 1;
        note(`${row.title}: pair ${String(pair)} of ${String(pairs)}${left(1)}`);
      });
      measured.push(done);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const report: Report = reportSchema.parse({
    schemaVersion: 1,
    date: new Date().toISOString(),
    machine: before,
    threads,
    pairs,
    notes,
    rows: measured,
  });
  if (json !== undefined) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(markdown === true ? asMarkdown(report) : asTable(report));
}

const command = new Command("npm run bench:peers --")
  .description(
    "Times the suite against PyTorch, easyfsl and LibMTL on the same work, threads and shapes, side by side.",
  )
  .option("--json <file>", "also write the comparison as JSON")
  .option("--only <pattern>", "rows whose name or title matches a regular expression")
  .addOption(number("--pairs <n>", "measurements of each side", 5, 1, 1000))
  .addOption(number("--threads <n>", "threads of each side", 2, 1, 1024))
  .addOption(number("--time <seconds>", "seconds of one measurement", 4, 0.1, 3600))
  .addOption(new Option("--markdown", "print the table as Markdown, for docs/performance.md"))
  .addHelpText(
    "after",
    "\nThe first time it builds a Python environment from PyPI in the cache (METABENCH_CACHE).\n",
  )
  .action(main);
process.exitCode = await runCommand(command, process.argv.slice(2));
