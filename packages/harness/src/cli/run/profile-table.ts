import { episodesOf } from "@metabench/core";
import CliTable from "cli-table3";
import type { TrialProfile } from "../../execute/index.ts";
import type { PhaseProfile } from "../../wire/index.ts";
import type { Terminal } from "../terminal.ts";

const units = { training: ["update", "updates"], validation: ["pass", "passes"] } as const;

/** What a phase's repetitions are called, one and many. */
function unitsOf({ trial }: TrialProfile, phase: PhaseProfile["phase"]): readonly [string, string] {
  if (phase !== "testing") return units[phase];
  return episodesOf(trial.spec.protocol) ? ["episode", "episodes"] : units.validation;
}

/** On a graphics card operations are only handed over, and the times say no more than that. */
export const dispatchOnly = ({ backend }: TrialProfile): boolean => backend?.device === "gpu";

/** Milliseconds of a phase that no operation took. */
export const outside = ({ milliseconds, operations }: PhaseProfile): number =>
  Math.max(0, milliseconds - operations.reduce((sum, operation) => sum + operation.milliseconds, 0));

function phaseTable(profile: TrialProfile, phase: PhaseProfile, { colours }: Terminal): string {
  const { repetitions, milliseconds, operations } = phase;
  const table = new CliTable({
    head: ["operation", "calls", "total ms", "share", "mean µs"],
    colAligns: ["left", "right", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  const rows = [
    ...operations.map(({ operation, calls, milliseconds: took }) => ({ name: operation, calls, took })),
    { name: "outside kernels", calls: null, took: outside(phase) },
  ];
  for (const { name, calls, took } of rows.toSorted((a, b) => b.took - a.took))
    table.push([
      name,
      calls === null ? "" : String(calls),
      took.toFixed(1),
      `${((100 * took) / milliseconds).toFixed(1)} %`,
      calls === null ? "" : ((1000 * took) / calls).toFixed(0),
    ]);
  const [one, many] = unitsOf(profile, phase.phase);
  const title = `${phase.phase}, ${String(repetitions)} ${repetitions === 1 ? one : many}: ${(milliseconds / repetitions).toFixed(1)} ms ${repetitions === 1 ? "" : `each `}`;
  return `${colours.bold(title.trimEnd())}\n${table.toString()}`;
}

/** The profile of a trial as text: one table per phase, longest operation first. */
export function renderProfile(profile: TrialProfile, terminal: Terminal): string {
  const { trial, backend, phases, error } = profile;
  const computed =
    backend === null
      ? []
      : [
          `${backend.library} on ${backend.deviceName}, ${String(backend.threads)} ${backend.threads === 1 ? "thread" : "threads"}`,
        ];
  return [
    terminal.colours.bold(trial.label),
    ...computed,
    ...(dispatchOnly(profile)
      ? [
          "These times cover dispatch only: the card computes after a call returns, and only tensorDataSync waits for it.",
        ]
      : []),
    ...(error === null ? [] : [terminal.colours.red(`${error.code}: ${error.message}`)]),
    ...phases.map((phase) => phaseTable(profile, phase, terminal)),
  ].join("\n");
}
