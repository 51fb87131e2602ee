import type { Flag, Headline, InputFacts, MultiTaskTransfer, Row } from "@metabench/core";
import { deviation, difference, figures, interval, score } from "./numbers.ts";

/** "2–3": the rank interval, ties and all; failed rows have none. */
export function placeCell({ place }: Row): string {
  if (place === null) return "—";
  return place.low === place.high ? String(place.low) : `${String(place.low)}–${String(place.high)}`;
}

/**
 * The method with its options; controls are marked as such. Rows of one label have their ids: the
 * algorithms' where these differ, else the rows' own.
 */
export function methodCell({ id, algorithm }: Row, rows: readonly Row[]): string {
  const same = rows.filter((other) => other.algorithm.label === algorithm.label);
  const own = same.filter((other) => other.algorithm.id === algorithm.id).length > 1 ? id : algorithm.id;
  const marks = [...(same.length > 1 ? [own] : []), ...(algorithm.role === "control" ? ["control"] : [])];
  return marks.length === 0 ? algorithm.label : `${algorithm.label} (${marks.join(", ")})`;
}

/** Warnings by code, except those that all rows have. */
export function flagCell({ flags }: Row, shared: ReadonlySet<Flag["code"]>): string {
  return flags.flatMap(({ code }) => (shared.has(code) ? [] : [code])).join("\n");
}

/** Score and interval, or how the seeds failed. */
export function scoreCell(row: Row, { unit }: Headline): string {
  if (row.score) {
    const { mean, low, high } = row.score;
    const apart = row.spread ? [`seeds apart ${deviation(row.spread.seed, unit)}`] : [];
    return [score(mean, unit), interval(low, high, unit), ...apart].join("\n");
  }
  const failed = row.seeds.filter(({ status }) => status !== "completed");
  return failed.map(({ seed, status }) => `${status} (seed ${String(seed)})`).join("\n");
}

/** Adaptation steps, and milliseconds per task. */
export function adaptationCell({ adaptation, cost }: Row): string {
  const time = cost?.adaptationMs ? `${figures(cost.adaptationMs.median)} ms` : undefined;
  if (adaptation === null)
    return cost?.predictionMs ? `predicts in ${figures(cost.predictionMs.median)} ms` : "—";
  const steps = adaptation.oneShot
    ? "one shot"
    : adaptation.stepsTo90 === null
      ? "steps do not help"
      : `${String(adaptation.stepsTo90)} step${adaptation.stepsTo90 === 1 ? "" : "s"}`;
  return time === undefined ? steps : `${steps}\n${time}`;
}

const share = (value: number) => score(value, "share");

/** Tasks that have a line each; of more there is one line in all. */
const mostTasks = 4;

const harmedOf = ({ tasks, tasksHarmed }: MultiTaskTransfer): string =>
  tasksHarmed === null
    ? `${String(tasks.length)} tasks`
    : `${String(tasksHarmed)} of ${String(tasks.length)} tasks harmed`;

/** Gap to learning the task alone, with its interval; few-shot: episodes below it, beside how many are by chance. */
export function transferCell({ transfer }: Row, { unit }: Headline): string {
  switch (transfer.kind) {
    case "none":
      return "—";
    case "few-shot":
      return [
        difference(transfer.gap.difference, unit),
        interval(transfer.gap.low, transfer.gap.high, unit),
        `${share(transfer.episodesHarmed)} harmed`,
        ...(transfer.nullLevel === null ? [] : [`${share(transfer.nullLevel)} by chance`]),
      ].join("\n");
    case "multi-task":
      return [
        ...(transfer.tasks.length > mostTasks ? [harmedOf(transfer)] : []),
        ...(transfer.tasks.length > mostTasks ? [] : transfer.tasks).map(
          ({ task, gap }) =>
            `${task} ${difference(gap.difference, unit)} (${interval(gap.low, gap.high, unit)})`,
        ),
        ...(transfer.deltaM === null ? [] : [`Δm ${difference(transfer.deltaM.percent, "percent")} %`]),
      ].join("\n");
  }
}

/** Throughput, and seconds of training; `processed` names what a budget counts. */
export function costCell({ cost }: Row, processed: InputFacts["processed"]): string {
  if (cost === null) return "—";
  if (cost.imagesPerSecond === null) return "none";
  return `${Math.round(cost.imagesPerSecond).toLocaleString("en-GB")} ${processed}/s\n${figures(cost.trainingSeconds)} s`;
}
