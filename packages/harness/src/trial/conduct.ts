import type { ParameterSet, TrainingOptions } from "@metabench/core";
import type {
  AnswersMessage,
  ExplainedMessage,
  ExplainMessage,
  StartMessage,
  TestMessage,
} from "../wire/index.ts";
import type { Learning } from "../learner/index.ts";
import type { Timings } from "./time-learner.ts";

/** What of a trial's first message moves the learner itself. */
export interface Choices {
  readonly spec: {
    readonly algorithm: Pick<StartMessage["spec"]["algorithm"], "options">;
    readonly seed: number;
    readonly training?: TrainingOptions;
  };
  readonly reference: StartMessage["reference"];
}

/** All steps of the adaptation curve and the headline's, as by default, or the headline's alone. */
type AnsweredSteps = "curve" | "headline";

/** A learner in its setting: how it learns, answers the test, and is timed. */
export interface Conduct {
  readonly learner: ParameterSet;
  /** The learner bound to its training and validation data. */
  readonly learning: Learning;
  /** Answers the test at these adaptation steps, where it adapts; returns whether predictions depend on other queries. */
  answer(
    test: TestMessage,
    send: (answers: AnswersMessage) => Promise<void>,
    at?: AnsweredSteps,
  ): Promise<boolean>;
  time(test: TestMessage): Timings;
  /** What the learner looks at in images. @throws MetabenchError `invalid-protocol` where it has none */
  explain(message: ExplainMessage): ExplainedMessage;
}

/**
 * The test, known to be of the protocol's kind.
 *
 * @throws Error where the parent sent another
 */
export function testOf<K extends TestMessage["kind"]>(
  kind: K,
  test: TestMessage,
): Extract<TestMessage, { kind: K }> {
  if (test.kind !== kind) throw new Error(`A test of ${kind} was due, one of ${test.kind} came.`);
  return test as Extract<TestMessage, { kind: K }>;
}
