import { dirname } from "node:path";
import process from "node:process";
import { compareRecords, compareReportSchema, MetabenchError, type MarginChoice } from "@metabench/core";
import type { Command } from "commander";
import { readStores } from "../../publish/index.ts";
import { storeFailure, writeAtomically } from "../../store/index.ts";
import { annotations } from "../compare/annotations.ts";
import { compareMarkdown } from "../compare/compare-markdown.ts";
import { compareText } from "../compare/compare-text.ts";
import { exitCodesText } from "../exit-codes.ts";
import { folder } from "../flags/folder.ts";
import { margin } from "../flags/margin.ts";
import { repeated } from "../flags/repeated.ts";
import { printJson } from "../json/print.ts";
import type { Terminal } from "../terminal.ts";

interface CompareFlags {
  readonly margin?: MarginChoice;
  readonly cells?: readonly string[];
  readonly markdown?: string;
  readonly annotations?: true;
  readonly json?: true;
}

const verdictCodesText = `  10   a regression: some method lost more than the margin
  11   inconclusive: more seeds are needed
  12   not comparable: other data, episodes or protocol, or records are missing`;

/** `metabench compare`: whether some method lost more than a margin between two folders of records. */
export function addCompare(program: Command, terminal: Terminal): void {
  program
    .command("compare")
    .description(
      "Compare two folders of records, and say whether some method lost more than a margin. Trains nothing.",
    )
    .argument("<baseline>", "folder of records to hold against", folder)
    .argument("<candidate>", "folder of records to judge", folder)
    .option(
      "--margin <amount>",
      "smallest loss that matters: points (1.5), percent of an error (5%), or auto (repeatable; default: auto)",
      margin,
    )
    .option(
      "--cells <text>",
      "compare only cells whose name contains this, controls too (repeatable)",
      repeated,
    )
    .option("--markdown <file>", "write a comment for a pull request to a file, or - for standard output")
    .option("--annotations", "also print GitHub annotations for what decides against the candidate")
    .option("--json", "print the comparison as JSON")
    .addHelpText(
      "after",
      `\nExamples:\n  metabench compare results .metabench/results\n  metabench compare main change --margin 2 --markdown comment.md\n  metabench compare main change --cells prototypical-networks --json\n${exitCodesText}\n${verdictCodesText}`,
    )
    .action(async (baseline: string, candidate: string, flags: CompareFlags) => {
      if (flags.json && flags.markdown === "-")
        throw new MetabenchError(
          "invalid-usage",
          "--json and --markdown - both write to standard output. Write the Markdown to a file.",
        );
      const chosen = flags.cells;
      const report = compareRecords(await readStores([baseline]), await readStores([candidate]), {
        ...(flags.margin && { margin: flags.margin }),
        ...(chosen && { cells: (key) => chosen.some((text) => key.includes(text)) }),
      });
      if (flags.json) printJson(terminal, compareReportSchema, report);
      else if (flags.markdown === "-") terminal.out(compareMarkdown(report));
      else terminal.out(compareText(report, terminal.colours));
      if (flags.markdown !== undefined && flags.markdown !== "-")
        await writeMarkdown(flags.markdown, compareMarkdown(report));
      if (flags.annotations) for (const line of annotations(report)) terminal.note(line);
      process.exitCode = report.exitCode;
    });
}

async function writeMarkdown(file: string, text: string): Promise<void> {
  try {
    await writeAtomically(file, text, { replace: true, temporaryFolder: dirname(file) });
  } catch (error) {
    throw storeFailure(`The Markdown cannot be written to ${file}`, error);
  }
}
