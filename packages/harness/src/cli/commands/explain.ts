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
  metabench explain --store results --no-pictures          maps alone, where the data's licence forbids showing its images

Each trial's explanation is written beside its record, as <identity>.saliency.json, and drawn by \`metabench publish\`. It takes the
trained parameters that the store keeps of each trial it has run.
`;

/** `metabench explain`: what trained learners look at. */
export function addExplain(program: Command, terminal: Terminal): void {
  const command = program
    .command("explain")
    .description(
      "Find out what the trained learners of a store look at in fixed test images: saliency, occlusion maps, attention.",
    );
  addStoredTrialFlags(command, [0])
    .option("--no-pictures", "leave the test images themselves out")
    .option("--force", "explain trials again that are explained already")
    .option("--json", "print what became of each trial as JSON")
    .addHelpText("after", `${examples}${exitCodesText}`)
    .action(async (flags: ExplainFlags) => {
      process.exitCode = await explain(flags, terminal);
    });
}
