import {
  episodesOf,
  mean,
  MetabenchError,
  readResult,
  withTestEpisodes,
  type CompletedRecord,
  type TrialSpec,
} from "@metabench/core";
import type { Scored } from "../scoring/index.ts";

/** Episodes on which stored parameters must show that they are the record's. */
const episodes = 20;

/**
 * How far accuracy may lie from the record's: far more than backends differ by, and three standard errors of a learner that draws anew in
 * each adaptation; parameters of a much better or worse run lie further off.
 */
const tolerance = 0.05;

/** The trial with a test short enough to try its parameters on: the first of its frozen episodes. */
export function withShortTest(spec: TrialSpec): TrialSpec {
  const { protocol } = spec;
  const tested = episodesOf(protocol)?.test ?? 0;
  return { ...spec, protocol: withTestEpisodes(protocol, Math.min(episodes, tested)) };
}

/** The headline of each task, or of the first few-shot episodes at the headline step. */
function accuracies(record: Pick<CompletedRecord, "identity" | "result">): readonly number[] {
  const read = readResult(record);
  const tasks = [...read.tasks().values()];
  return tasks.length > 0 ? tasks.map(mean) : [mean(read.headline().slice(0, episodes))];
}

/**
 * Checks that stored parameters answer the plain test as the record says.
 *
 * @param scored what they answered to {@link withShortTest}
 * @throws MetabenchError `invalid-record` where they are of another run
 */
export function checkAnswers(
  record: Pick<CompletedRecord, "identity" | "result">,
  { result: now }: Scored,
): void {
  const before = accuracies(record);
  for (const [at, accuracy] of accuracies({ ...record, result: now }).entries()) {
    const then = before[at] ?? NaN;
    if (Math.abs(accuracy - then) <= tolerance) continue;
    const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
    throw new MetabenchError(
      "invalid-record",
      `The stored parameters answer the plain test otherwise than the record says (${percent(accuracy)} right, not ${percent(then)}): they are of another run, or the code has changed since. Run the trial again with --force.`,
    );
  }
}
