import type { Command } from "commander";
import { exitCodesText } from "../exit-codes.ts";
import { explain } from "../explain/explain.ts";
import { addStoredTrialFlags, type StoredTrialFlags } from "../stored-trials/choice-flags.ts";
import type { Terminal } from "../terminal.ts";

/** Flags of `metabench explain`, parsed. */
export interface ExplainFlags extends StoredTrialFlags {
  readonly pictures: boolean;
}

const examples = `
Examples:
  metabench explain --store results
  metabench explain --algorithm maml --protocol few-shot/omniglot-vinyals/5w1s --seeds 0,1,2
  metabench explain --store results --no-pictures          maps only, for data whose licence forbids showing the images

Writes <identity>.saliency.json beside each trial's record; \`metabench publish\` draws it. Uses the trained parameters that the
store keeps of each trial that ran in it.
`;

/** `metabench explain`: what trained learners look at. */
export function addExplain(program: Command, terminal: Terminal): void {
  const command = program
    .command("explain")
    .description(
      "Compute what the trained learners of a store look at in fixed test images: saliency, occlusion maps, attention.",
    );
  addStoredTrialFlags(command, [0])
    .option("--no-pictures", "write the maps without the test images")
    .option("--force", "explain trials again that have an explanation")
    .option("--json", "print the outcome of each trial as JSON")
    .addHelpText("after", `${examples}${exitCodesText}`)
    .action(async (flags: ExplainFlags) => {
      process.exitCode = await explain(flags, terminal);
    });
}
