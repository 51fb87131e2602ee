import { slice, tensor2d, type Tensor } from "@tensorflow/tfjs-core";
import type { MultiTaskLearner, RegressionLearner, TaskSpec, FewShotLearner } from "@metabench/core";
import { adaptTo, inputsOf, inScope, type ImageReader, type InputReader } from "../learner/index.ts";
import type { FunctionQuestion, ImageQuestion, Timing } from "../wire/index.ts";
import { timeEpisodes } from "./timing.ts";

/** Milliseconds of adaptation and of prediction; null where there is none. */
export interface Timings {
  readonly adaptation: Timing | null;
  readonly prediction: Timing;
}

/** One task to time: how to start adapting, and how to ask afterwards. */
interface TimedTask {
  adapt(): Iterable<{ predict(inputs: never): Tensor }>;
  ask(predictor: { predict(inputs: never): Tensor }): Tensor;
}

/** Times a learner on tasks: adaptation up to the headline step, then prediction from predictors that are held ready. */
function timeTasks(tasks: readonly TimedTask[], headlineStep: number): Timings {
  const draw = (task: TimedTask | undefined) => {
    const predictors = task?.adapt()[Symbol.iterator]();
    let drawn = predictors?.next();
    for (let step = 0; step < headlineStep; step += 1) drawn = predictors?.next();
    return { predictors, predictor: drawn?.value };
  };
  const adaptation = timeEpisodes(tasks.length, (at) => {
    inScope(() => {
      draw(tasks[at]).predictors?.return?.();
    });
  });
  const prediction = inScope(() => {
    const ready = tasks.map((task) => ({ task, ...draw(task) }));
    return timeEpisodes(tasks.length, (at) => {
      inScope(() => {
        const one = ready[at];
        if (one?.predictor) one.task.ask(one.predictor).dataSync();
      });
    });
  });
  return { adaptation, prediction };
}

/** Times a few-shot classifier; encoding of support and queries is included, however it answers the test. */
export function timeClassifier(
  learner: FewShotLearner,
  reader: ImageReader,
  questions: readonly ImageQuestion[],
  ways: number,
  shots: number,
): Timings {
  const inputs = inputsOf(learner, reader);
  return timeTasks(
    questions.map((question) => ({
      adapt: () => adaptTo(learner, inputs, question, ways, shots),
      ask: (predictor) => predictor.predict(inputs(question.query) as never),
    })),
    learner.adaptationSteps,
  );
}

/** Times a few-shot regressor. */
export function timeRegressor(
  learner: RegressionLearner,
  questions: readonly FunctionQuestion[],
  shots: number,
): Timings {
  return timeTasks(
    questions.map(({ inputs, targets, query }) => {
      const width = inputs.length / shots;
      return {
        adapt: () =>
          learner.adapt({
            inputs: tensor2d(inputs, [shots, width]),
            targets: tensor2d(targets, [shots, targets.length / shots]),
          }),
        ask: (predictor) => predictor.predict(tensor2d(query, [query.length / width, width]) as never),
      };
    }),
    learner.adaptationSteps,
  );
}

/** Inputs of the batch on which multi-task prediction is timed. */
const batch = 100;

/** Times a multi-task learner: all tasks on one batch of 100 test inputs. */
export function timeMultiTask(
  learner: MultiTaskLearner,
  reader: InputReader,
  tasks: readonly TaskSpec[],
): Timings {
  const positions = Uint32Array.from({ length: batch }, (_, at) => at);
  const prediction = timeEpisodes(1, () => {
    inScope(() => {
      const images = reader.at(positions);
      for (const { id } of tasks) slice(learner.predict(id, images), 0, 1).dataSync();
    });
  });
  return { adaptation: null, prediction };
}
