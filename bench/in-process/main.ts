import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { trialEnvironment } from "@metabench/harness/backend";
import { Command } from "commander";
import { execa } from "execa";
import { number, runCommand } from "../command-line.ts";
import { measure, type Choice } from "./measure.ts";
import { asTable } from "./results.ts";

/** Set in the process that measures. */
const measuring = "METABENCH_BENCH_MEASURES";

type Flags = Choice & { readonly json?: string | true };

async function main({ json, ...choice }: Flags): Promise<void> {
  if (process.env[measuring] === undefined) {
    // The allocator's settings, which are part of how trials run, count only from a process's start.
    const { exitCode } = await execa(
      process.execPath,
      [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)],
      {
        env: { ...trialEnvironment(choice), [measuring]: "1" },
        stdio: "inherit",
        reject: false,
      },
    );
    process.exitCode = exitCode ?? 1;
    return;
  }
  const results = await measure(choice, (line) => process.stderr.write(`${line}\n`));
  const text = JSON.stringify(results, null, 2);
  if (typeof json === "string") await writeFile(json, `${text}\n`);
  console.log(json === true ? text : asTable(results));
}

const command = new Command("npm run bench --")
  .description(
    "Times kernels, blocks, training steps, adaptation, evaluation, sampling and the start of a trial.",
  )
  .option("--json [file]", "write results as JSON to a file, or print them in place of the table")
  .option("--only <pattern>", "benchmarks whose group or name matches a regular expression")
  .addOption(number("--threads <n>", "threads of an operation", availableParallelism(), 1, 1024))
  .addOption(number("--time <seconds>", "seconds of each benchmark", 1, 0.01, 3600))
  .action(main);
const status = await runCommand(command, process.argv.slice(2));
if (status !== 0) process.exitCode = status;
