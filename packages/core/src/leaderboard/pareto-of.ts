import { paretoFront } from "../ranking/index.ts";
import type { Headline } from "./leaderboard.ts";
import type { Row } from "./row.ts";

/** Time that a user of the method waits for: adaptation to a new task, or, where nothing adapts, prediction. Milliseconds. */
export const waitingMs = (row: Row): number | null =>
  (row.cost?.adaptationMs ?? row.cost?.predictionMs)?.median ?? null;

/** What a row was timed on, in words: times of rows where this differs do not compare. */
export const timedOn = (row: Row): string => row.cost?.devices.join("; ") ?? "";

/**
 * Ids of rows that no other row timed on the same device beats in score or waiting time without losing in the other, quickest
 * first, one device after the other.
 */
export function paretoOf(rows: readonly Row[], { direction }: Pick<Headline, "direction">): string[] {
  const points = rows.flatMap((row) => {
    const time = waitingMs(row);
    if (time === null || row.score === null) return [];
    return [{ id: row.id, device: timedOn(row), score: row.score.mean, time }];
  });
  return [...Map.groupBy(points, ({ device }) => device).values()].flatMap((same) =>
    paretoFront(same, direction).map(({ id }) => id),
  );
}
