import { paretoFront } from "../ranking/index.ts";
import type { Headline } from "./leaderboard.ts";
import type { Row } from "./row.ts";

/** Time that a user of the method waits for: adaptation to a new task, or, where nothing adapts, prediction. Milliseconds. */
export const waitingMs = (row: Row): number | null =>
  (row.cost?.adaptationMs ?? row.cost?.predictionMs)?.median ?? null;

/** Ids of rows that no other row beats in score or waiting time without losing in the other, quickest first. */
export function paretoOf(rows: readonly Row[], { direction }: Pick<Headline, "direction">): string[] {
  const points = rows.flatMap((row) => {
    const time = waitingMs(row);
    return time === null || row.score === null ? [] : [{ id: row.id, score: row.score.mean, time }];
  });
  return paretoFront(points, direction).map(({ id }) => id);
}
