import {
  withTestEpisodes,
  type CompletedRecord,
  type FewShotClassificationProtocol,
  type TrialRecord,
} from "@metabench/core";
import { buildRecord, classified, findProtocol } from "@metabench/core/testing";

/** A record of a trial of `single-task` that failed, told from others by its seed; `log` makes it as large as a test wants. */
export const failedRecord = (seed: number, log = ""): TrialRecord =>
  buildRecord({
    protocol: findProtocol("multi-task/multi-mnist").at("quick"),
    algorithm: "single-task",
    seed,
    display: { title: "Single task", label: "Single task" },
    outcome: { status: "failed", code: "trial-failed", message: "Made for a test. Nothing to do.", log },
  });

const fewShot = findProtocol("few-shot/double-mnist-28/5w1s").at("quick") as FewShotClassificationProtocol;

/** A record of 30 episodes of ten queries: none right before adaptation, `right` of each after five steps. */
export const completedRecord = (right: number): CompletedRecord =>
  buildRecord({
    // Its test is as large as the outcome below: 30 episodes, 5 ways of two queries.
    protocol: withTestEpisodes({ ...fewShot, queries: 2 }, 30),
    algorithm: "single-task",
    outcome: classified([Array.from({ length: 30 }, () => 0), Array.from({ length: 30 }, () => right)], {
      queries: 10,
      steps: [0, 5],
    }),
  });
