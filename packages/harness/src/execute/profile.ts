import { episodesOf, withTestEpisodes, type TrialSpec } from "@metabench/core";
import type { BackendInfo } from "../backend/index.ts";
import type { PhaseProfile } from "../wire/index.ts";
import { runChild, TrialFailure } from "../processes/index.ts";
import { startOf, unfinished } from "./learn.ts";
import { settledBackend } from "./run.ts";
import type { Plan, PlannedTrial, RunOptions } from "./types.ts";

/** Where the time of a trial's beginnings went, or why nobody knows. */
export interface TrialProfile {
  readonly trial: PlannedTrial;
  /** What computed; null where the trial failed before it said so. */
  readonly backend: BackendInfo | null;
  /** Empty where the trial failed. */
  readonly phases: readonly PhaseProfile[];
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What a profile needs of {@link RunOptions}: nothing runs side by side, and nothing is stored. */
export type ProfileOptions = Omit<RunOptions, "jobs" | "triedSettings" | "again" | "onEvent">;

/** Test episodes that are timed. */
const episodes = 20;

/** The trial with a short test, whose episodes are the first of the long one. */
function shortened(spec: TrialSpec): TrialSpec {
  const { protocol } = spec;
  const tested = episodesOf(protocol)?.test ?? 0;
  return { ...spec, protocol: withTestEpisodes(protocol, Math.min(episodes, tested)) };
}

async function profileTrial(trial: PlannedTrial, options: ProfileOptions): Promise<TrialProfile> {
  const told: { backend: BackendInfo | null; phases: readonly PhaseProfile[] | null } = {
    backend: null,
    phases: null,
  };
  const folder = options.store.workFolder(trial.identity);
  const { start, test } = await startOf(shortened(trial.spec), folder, "profile", null, options);
  try {
    await runChild(options, start, async (message, child) => {
      if (message.type === "profiled") told.phases = message.phases;
      if (message.type !== "started") return;
      told.backend = message.backend;
      await child.send(test.message);
    });
    if (!told.phases) throw unfinished();
    return { trial, backend: told.backend, phases: told.phases, error: null };
  } catch (error) {
    if (!(error instanceof TrialFailure)) throw error;
    const { code, message } = error;
    return { trial, backend: told.backend, phases: [], error: { code, message } };
  }
}

/**
 * Times the first updates of every named trial, one validation and part of its test, by operation; one trial
 * after the other, each in a process of its own, whether or not its record exists. Writes nothing.
 *
 * @param onProfile told of each profile as soon as it is there
 * @throws MetabenchError `cancelled` when the signal aborts
 */
export async function profilePlan(
  { trials }: Plan,
  asked: ProfileOptions,
  onProfile: (profile: TrialProfile) => void,
): Promise<readonly TrialProfile[]> {
  const options = { ...asked, backend: await settledBackend(asked) };
  const profiles: TrialProfile[] = [];
  for (const trial of trials.filter(({ addedAsReference }) => !addedAsReference)) {
    options.onProgress(`Profiling ${trial.label}`);
    const profile = await profileTrial(trial, options);
    profiles.push(profile);
    onProfile(profile);
  }
  return profiles;
}
