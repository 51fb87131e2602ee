import type { TrialRecord } from "@metabench/core";
import type { RunEnvironment } from "../../execute/index.ts";
import type { RunFlags } from "../commands/run.ts";
import { limitsOf } from "../run/limits.ts";
import type { Terminal } from "../terminal.ts";
import { retestAll } from "../../retest/index.ts";
import { describeRetest, isAmiss } from "./retest-text.ts";

/**
 * Tests the trials of a run again that have completed, and notes what became of each.
 *
 * @returns false where one could not be tested
 */
export async function retestRun(
  records: readonly TrialRecord[],
  flags: RunFlags,
  jobs: number,
  environment: RunEnvironment,
  terminal: Terminal,
): Promise<boolean> {
  const completed = records.filter((record) => record.status === "completed");
  const entries = await retestAll(completed, {
    ...environment,
    jobs,
    threads: flags.threads,
    backend: flags.backend,
    ...limitsOf(flags),
    force: flags.force === true,
    onRetest: (entry) => {
      terminal.note(describeRetest(entry));
    },
  });
  return !entries.some(isAmiss);
}
