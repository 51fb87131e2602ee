import { profilePlan, type Plan, type RunEnvironment, type TrialProfile } from "../../execute/index.ts";
import type { RunFlags } from "../commands/run.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { profileSchema } from "../json/index.ts";
import { printJson } from "../json/print.ts";
import type { Terminal } from "../terminal.ts";
import { limitsOf } from "./limits.ts";
import { dispatchOnly, outside, renderProfile } from "./profile-table.ts";

/** Shows where the time of a plan's trials goes, by operation, and keeps no record of it. */
export async function profileTrials(
  plan: Plan,
  flags: RunFlags,
  environment: RunEnvironment,
  terminal: Terminal,
): Promise<ExitCode> {
  const options = { ...environment, ...limitsOf(flags), threads: flags.threads, backend: flags.backend };
  const profiles = await profilePlan(plan, options, (profile) => {
    if (!flags.json) terminal.out(`\n${renderProfile(profile, terminal)}`);
  });
  if (flags.json) printProfiles(terminal, profiles);
  terminal.note("No record was written: a profile covers only a trial's first updates and part of its test.");
  return profiles.some(({ error }) => error !== null) ? exitCodes.incomplete : exitCodes.ok;
}

/** Prints profiles by {@link profileSchema}. */
function printProfiles(terminal: Terminal, profiles: readonly TrialProfile[]): void {
  printJson(terminal, profileSchema, {
    schema: "metabench/profile/1",
    trials: profiles.map((profile) => {
      const { identity, label, spec } = profile.trial;
      return {
        identity,
        label,
        protocol: spec.protocol.id,
        algorithm: spec.algorithm.id,
        seed: spec.seed,
        backend: profile.backend,
        dispatchOnly: dispatchOnly(profile),
        phases: profile.phases.map((phase) => ({ ...phase, outsideMilliseconds: outside(phase) })),
        error: profile.error,
      };
    }),
  });
}
