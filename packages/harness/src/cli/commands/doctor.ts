import type { Command } from "commander";
import { doctorReportSchema, inspect, renderReport } from "../../doctor/index.ts";
import { exitCodes, exitCodesText } from "../exit-codes.ts";
import { folders } from "../flags/folder.ts";
import { printJson } from "../json/print.ts";
import { withStep } from "../steps.ts";
import { surroundings } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";

/** `metabench doctor`: what works on this machine. */
export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command("doctor")
    .description(
      "Show what works on this machine: tools, native TensorFlow, the backend that starts, cache and data.",
    )
    .option("--data <folder>", "look for data files here too (repeatable)", folders)
    .option("--json", "print the report as JSON")
    .addHelpText("after", `\nExamples:\n  metabench doctor\n  metabench doctor --json\n${exitCodesText}`)
    .action(async (flags: { readonly data?: readonly string[]; readonly json?: true }) => {
      const { roots } = await surroundings(flags);
      const report = await withStep("Looking at this machine", terminal, async () =>
        inspect({ dataRoots: roots }),
      );
      if (flags.json) printJson(terminal, doctorReportSchema, report);
      else terminal.out(renderReport(report));
      if (report.backend.state === "failed") process.exitCode = exitCodes.environment;
    });
}
