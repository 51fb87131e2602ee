import { tiers, type Tier } from "@metabench/core";
import { Option, type Command } from "commander";
import { explain } from "../explain/explain.ts";
import { exitCodesText } from "../exit-codes.ts";
import { positiveInteger, positiveNumber, seeds } from "../flags/numbers.ts";
import { repeated } from "../flags/repeated.ts";
import type { SharedFlags } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";

/** Flags of `metabench explain`, parsed. */
export interface ExplainFlags extends SharedFlags {
  readonly algorithm?: readonly string[];
  readonly protocol?: readonly string[];
  readonly tier?: Tier;
  readonly seeds: readonly number[];
  readonly pictures: boolean;
  readonly threads: number;
  readonly backend: "auto" | "native" | "wasm";
  readonly timeLimit?: number;
  readonly force?: true;
  readonly json?: true;
}

const examples = `
Examples:
  metabench explain --store results
  metabench explain --algorithm maml --protocol few-shot/omniglot-vinyals/5w1s --seeds 0,1,2
  metabench explain --store results --no-pictures          maps alone, where the data's licence forbids showing its images

Each trial's explanation is written beside its record, as <identity>.saliency.json, and drawn by \`metabench publish\`. It takes the
trained parameters that the store keeps of each trial it has run.
`;

/** `metabench explain`: what trained learners look at. */
export function addExplain(program: Command, terminal: Terminal): void {
  program
    .command("explain")
    .description(
      "Find out what the trained learners of a store look at in fixed test images: saliency, occlusion maps, attention.",
    )
    .option("--store <folder>", "folder of records (default: .metabench/results)")
    .option("--algorithm <algorithm>", "only trials of this algorithm (repeatable)", repeated)
    .option("--protocol <protocol>", "only trials on this protocol (repeatable)", repeated)
    .addOption(new Option("--tier <tier>", "only trials of this tier").choices([...tiers]))
    .option("--seeds <seeds>", "only trials of these training seeds, such as 0,1,2", seeds, [0])
    .option("--no-pictures", "leave the test images themselves out")
    .option("--plugin <source>", "load plugins from a package, folder or file (repeatable)", repeated)
    .option("--data <folder>", "look for data files here (repeatable; METABENCH_DATA too)", repeated)
    .option("--threads <number>", "threads a trial", positiveInteger, 1)
    .addOption(
      new Option("--backend <backend>", "what computes").choices(["auto", "native", "wasm"]).default("auto"),
    )
    .option("--time-limit <minutes>", "give a trial up after this time", positiveNumber)
    .option("--force", "explain trials again that are explained already")
    .option("--json", "print what became of each trial as JSON")
    .addHelpText("after", `${examples}${exitCodesText}`)
    .action(async (flags: ExplainFlags) => {
      process.exitCode = await explain(flags, terminal);
    });
}
