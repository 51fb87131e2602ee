import { estimateBases, type EstimateBasis, type Plan } from "../../execute/index.ts";
import { duration } from "./durations.ts";
import { timeLeft } from "./time-left.ts";

/** Trials that are listed by name. */
const shown = 40;

/** A plan for people: how many trials, how many of them done, how long the others take, and which they are. */
export function describePlan(plan: Plan, jobs: number): string {
  const { trials } = plan;
  const count = (state: string) => trials.filter((trial) => trial.state === state).length;
  const open = trials.filter((trial) => trial.state !== "done");
  const references = open.filter((trial) => trial.addedAsReference).length;
  const left = timeLeft(
    open.map(({ estimateSeconds }) => ({ seconds: estimateSeconds })),
    jobs,
  );
  const parts = [
    `${number(trials.length, "trial")}`,
    `${String(count("done"))} done`,
    ...(count("resumable") > 0 ? [`${String(count("resumable"))} to be continued`] : []),
    ...(references > 0 ? [`${String(references)} added as reference${references === 1 ? "" : "s"}`] : []),
  ];
  const time =
    open.length === 0 ? "nothing to run" : left === null ? "time not known yet" : `about ${duration(left)}`;
  return [
    `Plan: ${parts.join(", ")}; ${time}, ${number(jobs, "job")} at a time.`,
    ...open.slice(0, shown).map((trial) => `  ${trial.label}${notes(trial)}`),
    ...(open.length > shown
      ? [`  … and ${String(open.length - shown)} more; --dry-run --json lists all`]
      : []),
    ...basesText(open),
  ].join("\n");
}

const basisWords: Readonly<Record<EstimateBasis, string>> = {
  "same-trial": "stored trials of the same on this machine",
  "same-method": "stored trials of the method on other protocols, on this machine",
  "another-machine": "stored trials of the method on another machine",
  default: "rough defaults, since no stored trial tells",
};

/** What the estimates rest on, with the number of trials of each kind. */
function basesText(open: Plan["trials"]): readonly string[] {
  const counted = estimateBases
    .map((basis) => ({ basis, trials: open.filter((trial) => trial.estimateBasis === basis).length }))
    .filter(({ trials }) => trials > 0)
    .map(({ basis, trials }) => `${basisWords[basis]} (${number(trials, "trial")})`);
  return counted.length === 0 ? [] : [`Times are estimated from ${counted.join("; ")}.`];
}

function notes(trial: Plan["trials"][number]): string {
  const words = [
    ...(trial.state === "resumable" ? ["continues"] : []),
    ...(trial.addedAsReference ? ["reference"] : []),
    ...(trial.estimateSeconds === null ? [] : [`about ${duration(trial.estimateSeconds)}`]),
  ];
  return words.length === 0 ? "" : ` (${words.join(", ")})`;
}

const number = (count: number, thing: string) => `${String(count)} ${thing}${count === 1 ? "" : "s"}`;

/** Which done trials were made by other code than is there now; null where none was. */
export function otherCodeText({ trials }: Plan): string | null {
  const others = trials.filter(({ otherCode }) => otherCode.length > 0);
  if (others.length === 0) return null;
  const lines = others
    .slice(0, shown)
    .map(({ identity, label, otherCode }) => `  ${identity.slice(0, 12)} ${label}: ${otherCode.join(", ")}`);
  const more = others.length > shown ? [`  … and ${String(others.length - shown)} more`] : [];
  return [
    `${number(others.length, "record")} of this plan ${others.length === 1 ? "was" : "were"} made by other code of the same version, and ${others.length === 1 ? "counts" : "count"} as done:`,
    ...lines,
    ...more,
    "Raise the version of what changed in behaviour, or run with --force to make them anew.",
  ].join("\n");
}
