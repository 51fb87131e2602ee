import process from "node:process";
import { compileLeaderboard, MetabenchError, type Leaderboard, type TrialRecord } from "@metabench/core";
import { cacheFolder } from "../../backend/index.ts";
import { planRun, runPlan, type Again, type Plan, type RunEnvironment } from "../../execute/index.ts";
import { openStore } from "../../store/index.ts";
import type { RunFlags } from "../commands/run.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { renderStandings } from "../standings/render.ts";
import { withoutRepeats } from "../repeats.ts";
import { retestRun } from "../retest/retest-run.ts";
import { surroundings } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";
import { agreed } from "./agreement.ts";
import { onInterruption } from "./interruption.ts";
import { checkLimits, limitsOf } from "./limits.ts";
import { describePlan, otherCodeText } from "./plan-text.ts";
import { profileTrials } from "./profile.ts";
import { showProgress } from "./progress.ts";
import { printOutcome, printPlan } from "./run-json.ts";
import { select } from "./selection.ts";
import { substituteOf } from "./substitute-flags.ts";
import { triedInVain } from "./tried.ts";

/** Plans what the flags ask for, runs it, and shows what came of it. */
export async function run(flags: RunFlags, terminal: Terminal): Promise<ExitCode> {
  checkLimits(flags);
  const {
    existingRoots,
    storeFolder,
    jobs,
    training,
    standing,
    pluginOptions,
    registry: load,
  } = await surroundings(flags);
  const roots = existingRoots();
  const registry = await load();
  const request = select(
    {
      suite: flags.suite,
      protocols: flags.protocol ?? [],
      algorithms: flags.algorithm ?? [],
      tier: flags.tier,
      seeds: flags.seeds ?? null,
      preset: flags.preset,
      options: flags.set ?? {},
      training,
      standing,
      substitutes: {
        dataset: substituteOf("dataset", flags.dataset, flags.datasetSet, pluginOptions.datasets),
        backbone: substituteOf("backbone", flags.backbone, flags.backboneSet, pluginOptions.backbones),
      },
      budgets: { images: flags.budget, episodes: flags.episodes },
      again: againOf(flags),
    },
    registry,
  );
  const store = await openStore(storeFolder);
  const interruption = onInterruption(terminal);
  try {
    const environment: RunEnvironment = {
      registry,
      store,
      roots,
      cacheFolder: cacheFolder(),
      onProgress: withoutRepeats((message) => terminal.note(message)),
      signal: interruption.signal,
    };
    const plan = await planRun(request, environment);
    if (flags.profile) return await profileTrials(plan, flags, environment, terminal);
    if (!flags.dryRun) terminal.note(describePlan(plan, jobs));
    const otherCode = otherCodeText(plan);
    if (otherCode !== null) terminal.note(otherCode);
    const vain = await triedInVain(plan, flags.tried, environment);
    if (vain !== null) terminal.note(vain);
    if (flags.dryRun) {
      if (flags.json) printPlan(terminal, plan, store.folder, jobs);
      else terminal.out(describePlan(plan, jobs));
      return exitCodes.ok;
    }
    const { timeLimitSeconds } = limitsOf(flags);
    const asks = terminal.interactive && process.stdin.isTTY;
    if (!(await agreed(plan, jobs, { yes: flags.yes === true, terminal: asks, timeLimitSeconds }))) {
      terminal.note("Nothing was run. Repeat the command, with --yes to start without this question.");
      return exitCodes.interrupted;
    }
    const records = await execute(plan, flags, jobs, environment, terminal);
    const retested = flags.robustness ? await retestRun(records, flags, jobs, environment, terminal) : true;
    const standings = standingsOf(plan, await store.list());
    if (flags.json) printOutcome(terminal, plan, records, store.folder, standings);
    else terminal.out(`\n${renderStandings(standings)}`);
    const code = conclude(plan, records, store.folder, terminal);
    return code === exitCodes.ok && !retested ? exitCodes.incomplete : code;
  } catch (error) {
    if (!(error instanceof MetabenchError && error.code === "cancelled")) throw error;
    terminal.note("Interrupted. Nothing is lost: repeat the command to continue.");
    return exitCodes.interrupted;
  } finally {
    interruption.release();
  }
}

/** Which trials the flags ask to run again. */
const againOf = ({ force, retryFailed }: RunFlags): Again =>
  force ? "all" : retryFailed ? "unfinished" : "none";

async function execute(
  plan: Plan,
  flags: RunFlags,
  jobs: number,
  environment: RunEnvironment,
  terminal: Terminal,
): Promise<readonly TrialRecord[]> {
  const display = showProgress(plan, jobs, terminal);
  try {
    return await runPlan(plan, {
      ...environment,
      jobs,
      triedSettings: flags.tried,
      threads: flags.threads,
      backend: flags.backend,
      ...limitsOf(flags),
      again: againOf(flags),
      onEvent: (event) => display.onEvent(event),
    });
  } finally {
    display.stop();
  }
}

/** The tables in which the plan's trials stand, with everything else the store holds for them. */
function standingsOf(plan: Plan, records: readonly TrialRecord[]): Leaderboard {
  const protocols = new Set(
    plan.trials.map(({ spec }) => `${spec.protocol.id} ${spec.protocol.tier} ${spec.protocol.division}`),
  );
  return compileLeaderboard(
    records.filter(({ spec }) =>
      protocols.has(`${spec.protocol.id} ${spec.protocol.tier} ${spec.protocol.division}`),
    ),
  );
}

function conclude(plan: Plan, records: readonly TrialRecord[], folder: string, terminal: Terminal): ExitCode {
  const failed = records.filter(({ status }) => status !== "completed").length;
  if (failed > 0) {
    terminal.note(
      `${String(failed)} of ${String(plan.trials.length)} trials did not complete; their records in ${folder} give the reasons. Fix the cause, then run them again with --retry-failed.`,
    );
    return exitCodes.incomplete;
  }
  terminal.note(
    `Records: ${folder}\nBuild the site from them: metabench publish --store ${JSON.stringify(folder)}`,
  );
  return exitCodes.ok;
}
