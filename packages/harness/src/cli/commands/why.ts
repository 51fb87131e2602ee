import { basename, dirname } from "node:path";
import process from "node:process";
import { MetabenchError, obstaclesBetween, verdictExitCodes, type TrialRecord } from "@metabench/core";
import type { Command } from "commander";
import { openStore } from "../../store/index.ts";
import { exitCodesText } from "../exit-codes.ts";
import { whySchema } from "../json/index.ts";
import { printJson } from "../json/print.ts";
import type { Terminal } from "../terminal.ts";

/** `metabench why`: why two records may or may not share a table. */
export function addWhy(program: Command, terminal: Terminal): void {
  program
    .command("why")
    .description("Say why two records may or may not share a table.")
    .argument("<record>", "file of a record")
    .argument("<other>", "file of another record")
    .option("--json", "print the reasons as JSON")
    .addHelpText(
      "after",
      `\nExample:\n  metabench why results/<hash>.json .metabench/results/<hash>.json\n${exitCodesText}\n  12   they may not share a table`,
    )
    .action(async (file: string, otherFile: string, flags: { readonly json?: true }) => {
      const [record, other] = [await readRecordFile(file), await readRecordFile(otherFile)];
      const reasons = obstaclesBetween(record, other);
      const comparable = reasons.length === 0;
      if (flags.json)
        printJson(terminal, whySchema, { schema: "metabench/why/1", comparable, reasons: [...reasons] });
      else terminal.out([...[record, other].map(nameOf), ...inWords(reasons)].join("\n"));
      if (!comparable) process.exitCode = verdictExitCodes["not-comparable"];
    });
}

async function readRecordFile(file: string): Promise<TrialRecord> {
  const name = basename(file);
  if (!/^[0-9a-f]{64}\.json$/.test(name))
    throw new MetabenchError(
      "invalid-usage",
      `${file} is no file of a record. Name a file <hash>.json of a store; \`metabench show --json\` lists the hashes.`,
    );
  return (await openStore(dirname(file), { readOnly: true })).read(name.replace(".json", ""));
}

const nameOf = ({ identity, spec, display }: TrialRecord): string =>
  `${identity.slice(0, 8)}  ${display.algorithm.label} on ${spec.protocol.id}, ${spec.protocol.tier}, seed ${String(spec.seed)}`;

const inWords = (reasons: ReturnType<typeof obstaclesBetween>): readonly string[] =>
  reasons.length === 0
    ? ["They may share a table: protocol, data, backbone and test episodes are the same."]
    : [
        "They may not share a table. They differ in:",
        ...reasons.map(({ code, detail }) => `  ${detail} (${code})`),
      ];
