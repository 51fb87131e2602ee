import type { Command } from "commander";
import { setUp } from "../../backend/index.ts";
import { exitCodes, exitCodesText } from "../exit-codes.ts";
import { setupSchema } from "../json/index.ts";
import { printJson } from "../json/print.ts";
import type { Terminal } from "../terminal.ts";

interface SetupFlags {
  readonly gpu?: boolean;
  readonly json?: true;
}

/** `metabench setup`: native TensorFlow. */
export function addSetup(program: Command, terminal: Terminal): void {
  program
    .command("setup")
    .description(
      "Install native TensorFlow for this checkout. Without it everything runs on WebAssembly, several times slower.",
    )
    .option("--gpu", "install the CUDA build (default if an NVIDIA card is found)")
    .option("--no-gpu", "install the build for the processor")
    .option("--json", "print the outcome as JSON")
    .addHelpText("after", `\nExamples:\n  metabench setup\n  metabench setup --no-gpu\n${exitCodesText}`)
    .action(async (flags: SetupFlags) => {
      const outcome = await setUp({ gpu: flags.gpu, report: (line) => terminal.note(line) });
      if (flags.json) printJson(terminal, setupSchema, { schema: "metabench/setup/1", ...outcome });
      else
        terminal.out(
          outcome.status === "ready"
            ? `${outcome.library} (${outcome.flavour}) is ready.`
            : `Native TensorFlow is not available here: ${outcome.message}`,
        );
      if (outcome.status === "unavailable") process.exitCode = exitCodes.environment;
    });
}
