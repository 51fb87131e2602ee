import { tiers, type Tier } from "@metabench/core";
import { Option, type Command } from "commander";
import { exitCodesText } from "../exit-codes.ts";
import { positiveInteger, positiveNumber, seeds } from "../flags/numbers.ts";
import { repeated } from "../flags/repeated.ts";
import { retest } from "../retest/retest.ts";
import type { SharedFlags } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";

/** Flags of `metabench retest`, parsed. */
export interface RetestFlags extends SharedFlags {
  readonly algorithm?: readonly string[];
  readonly protocol?: readonly string[];
  readonly tier?: Tier;
  readonly seeds?: readonly number[];
  readonly threads: number;
  readonly backend: "auto" | "native" | "wasm";
  readonly timeLimit?: number;
  readonly memoryLimit?: number;
  readonly force?: true;
  readonly json?: true;
}

const examples = `
Examples:
  metabench retest --store results
  metabench retest --algorithm maml --protocol few-shot/omniglot-vinyals/5w1s --seeds 0,1,2
  metabench run --suite quick --robustness                 the same, right after the trials have run

Variants: Gaussian noise on the test's images (standard deviation 0.1, 0.2 and 0.4 of the pixel range), and support labels that are each wrong
with a probability of 10, 20 and 40 %. The outcomes are added to the trials' records. It takes the trained parameters that the store keeps
of each trial it has run; a trial without them is named.
`;

/** `metabench retest`: how trained parameters fare under variants of their test. */
export function addRetest(program: Command, terminal: Terminal): void {
  program
    .command("retest")
    .description(
      "Test the completed trials of a store again under noisy images and wrong support labels, without training.",
    )
    .option("--store <folder>", "folder of records (default: .metabench/results)")
    .option("--algorithm <algorithm>", "only trials of this algorithm (repeatable)", repeated)
    .option("--protocol <protocol>", "only trials on this protocol (repeatable)", repeated)
    .addOption(new Option("--tier <tier>", "only trials of this tier").choices([...tiers]))
    .option("--seeds <seeds>", "only trials of these training seeds, such as 0,1,2", seeds)
    .option("--plugin <source>", "load plugins from a package, folder or file (repeatable)", repeated)
    .option("--data <folder>", "look for data files here (repeatable; METABENCH_DATA too)", repeated)
    .option("--jobs <number>", "trials side by side (default: one a core)", positiveInteger)
    .option("--threads <number>", "threads a trial", positiveInteger, 1)
    .addOption(
      new Option("--backend <backend>", "what computes").choices(["auto", "native", "wasm"]).default("auto"),
    )
    .option("--time-limit <minutes>", "give a trial up after this time", positiveNumber)
    .option(
      "--memory-limit <gigabytes>",
      "give a trial up that grows beyond this (Linux only)",
      positiveNumber,
    )
    .option("--force", "test trials again that were tested again already")
    .option("--json", "print what became of each trial as JSON")
    .addHelpText("after", `${examples}${exitCodesText}`)
    .action(async (flags: RetestFlags) => {
      process.exitCode = await retest(flags, terminal);
    });
}
