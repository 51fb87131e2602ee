import { MetabenchError } from "@metabench/core";
import { cacheFolder } from "../../backend/index.ts";
import { openStore } from "../../store/index.ts";
import type { RetestFlags } from "../commands/retest.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { retestSchema } from "../json/index.ts";
import { printJson } from "../json/print.ts";
import { withoutRepeats } from "../repeats.ts";
import { onInterruption } from "../run/interruption.ts";
import { checkLimits, limitsOf } from "../run/limits.ts";
import { choose } from "../stored-trials/choose.ts";
import { showSteps } from "../steps.ts";
import { surroundings } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";
import { describeRetest, isAmiss } from "./retest-text.ts";
import { retestAll } from "../../retest/index.ts";

/** Tests the trials that flags ask for again, and says what became of each. */
export async function retest(flags: RetestFlags, terminal: Terminal): Promise<ExitCode> {
  checkLimits(flags);
  const { existingRoots, storeFolder, jobs, registry } = await surroundings(flags);
  const roots = existingRoots();
  // A store that is not there would be made, and a slip in its name go unseen.
  await openStore(storeFolder, { readOnly: true });
  const store = await openStore(storeFolder);
  const chosen = choose(await store.list(), flags, storeFolder);
  const steps = showSteps("Testing again", chosen.length, terminal);
  const interruption = onInterruption(steps.terminal);
  try {
    const trials = await retestAll(chosen, {
      registry: await registry(),
      store,
      roots,
      cacheFolder: cacheFolder(),
      onProgress: withoutRepeats((message) => steps.terminal.note(message)),
      signal: interruption.signal,
      threads: flags.threads,
      backend: flags.backend,
      ...limitsOf(flags),
      jobs,
      force: flags.force === true,
      onRetest: (one) => {
        steps.done();
        if (!flags.json) steps.terminal.out(describeRetest(one));
      },
    });
    if (flags.json)
      printJson(terminal, retestSchema, {
        schema: "metabench/retest/1",
        store: storeFolder,
        trials: trials.map((trial) => ({ ...trial, variants: [...trial.variants] })),
      });
    return trials.some(isAmiss) ? exitCodes.incomplete : exitCodes.ok;
  } catch (error) {
    if (!(error instanceof MetabenchError && error.code === "cancelled")) throw error;
    terminal.note("Interrupted. Nothing is lost: repeat the command to continue.");
    return exitCodes.interrupted;
  } finally {
    steps.stop();
    interruption.release();
  }
}
