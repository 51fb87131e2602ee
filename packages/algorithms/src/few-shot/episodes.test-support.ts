import { randomStream, type Episode, type FewShotLearner, type LabelledSet } from "@metabench/core";
import { argMax, equal, mean, slice } from "@tensorflow/tfjs-core";
import { dispose, draw, inScope, make, save } from "../learner.test-support.ts";
import { adapted, patterns, testTask, trainingClasses } from "./patterns.test-support.ts";

/** Training episodes of an update, as many and as large as the learner asks for; the same for the same step. */
export function episodes(learner: FewShotLearner, step: number): readonly Episode[] {
  if (learner.trainsOn !== "episodes") throw new Error("not trained on episodes");
  const { ways, shots, queries, perUpdate } = learner.episodes;
  return Array.from({ length: perUpdate }, (_, number) => {
    const stream = `training/${String(step)}/${String(number)}`;
    const random = randomStream(stream);
    const left = Array.from({ length: trainingClasses }, (_, label) => label);
    const classes = Array.from({ length: ways }, () => left.splice(random.below(left.length), 1)[0] ?? NaN);
    return {
      support: { ...patterns(classes, shots, `${stream}/support`), ways, shots },
      query: patterns(classes, queries, `${stream}/query`),
    };
  });
}

/** Trains one update. */
export function train(learner: FewShotLearner, step: number) {
  if (learner.trainsOn !== "episodes") throw new Error("not trained on episodes");
  return learner.train(episodes(learner, step));
}

/** Trains some updates; the loss of each. */
export const losses = (learner: FewShotLearner, steps: number): readonly number[] =>
  Array.from({ length: steps }, (_, step) =>
    inScope(() => train(learner, step)["loss"]?.dataSync()[0] ?? NaN),
  );

/** Logits for `count` queries of a test task from the `from`th on, after 0 … `adaptationSteps` steps: [step][query][way]. */
export const logits = (learner: FewShotLearner, number: number, from = 0, count = -1) =>
  inScope(() => {
    const { support, query } = testTask(number);
    const images = slice(query.inputs, [from, 0, 0, 0], [count, -1, -1, -1]);
    return draw(adapted(learner, support), learner.adaptationSteps, (predict) => predict(images).arraySync());
  });

/** Share of images whose largest logit is that of their class. */
export const accuracyOf = (
  answers: readonly (readonly number[])[],
  { labels }: Pick<LabelledSet, "labels">,
) => inScope(() => mean(equal(argMax(answers as number[][], 1), labels)).dataSync()[0] ?? NaN);

/** Mean accuracy over test tasks after all of a learner's steps. */
export function accuracy(learner: FewShotLearner, tasks = 12): number {
  let sum = 0;
  for (let number = 0; number < tasks; number += 1)
    sum += inScope(() => accuracyOf(logits(learner, number).at(-1) ?? [], testTask(number).query));
  return sum / tasks;
}

/** What a learner of each seed comes to in two updates: losses, variables, and answers to a test task. */
export const bySeed = (seeds: readonly number[], create: (seed: number) => FewShotLearner) =>
  seeds.map((seed, run) => {
    const { learner } = make(() => create(seed));
    const course = losses(learner, 2);
    // What was asked before makes no difference.
    if (run === 1) logits(learner, 1);
    const outcome = { course, variables: save(learner), logits: logits(learner, 0) };
    dispose(learner);
    return outcome;
  });
