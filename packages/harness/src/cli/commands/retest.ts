import type { Command } from "commander";
import { exitCodesText } from "../exit-codes.ts";
import { positiveInteger, positiveNumber } from "../flags/numbers.ts";
import { retest } from "../retest/retest.ts";
import { addStoredTrialFlags, type StoredTrialFlags } from "../stored-trials/choice-flags.ts";
import type { Terminal } from "../terminal.ts";

/** Flags of `metabench retest`, parsed. */
export interface RetestFlags extends StoredTrialFlags {
  readonly memoryLimit?: number;
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

/** `metabench retest`: tests trained parameters under variants of their test. */
export function addRetest(program: Command, terminal: Terminal): void {
  const command = program
    .command("retest")
    .description(
      "Test the completed trials of a store again under noisy images and wrong support labels, without training.",
    );
  addStoredTrialFlags(command)
    .option("--jobs <number>", "trials at the same time (default: one per core)", positiveInteger)
    .option(
      "--memory-limit <gigabytes>",
      "stop a trial that uses more memory than this (Linux only)",
      positiveNumber,
    )
    .option("--force", "repeat tests that the records already have")
    .option("--json", "print the outcome of each trial as JSON")
    .addHelpText("after", `${examples}${exitCodesText}`)
    .action(async (flags: RetestFlags) => {
      process.exitCode = await retest(flags, terminal);
    });
}
