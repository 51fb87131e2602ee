import { MetabenchError, type TrainingOptions } from "@metabench/core";

/** Training options that remember which of them were looked at. */
export interface TrackedTraining {
  /** For the learner's context. */
  readonly training: TrainingOptions;
  /**
   * Throws if the learner ignored an option: records must not list options without effect.
   *
   * @param trains whether the learner trains at all
   * @throws MetabenchError `invalid-options`
   */
  assertHeeded(algorithm: string, trains: boolean): void;
}

/** What the learner's own optimiser has to do; the rest is done around it. */
const forLearners: readonly (keyof TrainingOptions)[] = ["clipNorm", "accumulate", "schedule", "l1"];

/** Training options for a learner about to be made. */
export function trackedTraining(options: TrainingOptions): TrackedTraining {
  const read = new Set<string>();
  const asked = Object.entries(options);
  const getters = asked.map(([name, value]): [string, PropertyDescriptor] => [
    name,
    {
      enumerable: true,
      get: () => {
        read.add(name);
        return value;
      },
    },
  ]);
  const refusal = (why: string) =>
    new MetabenchError(
      "invalid-options",
      `${why} Leave --training out for this algorithm, or pass context.training to an optimiser of @metabench/algorithms/nn.`,
    );
  return {
    training: Object.defineProperties({}, Object.fromEntries(getters)) as TrainingOptions,
    assertHeeded(algorithm, trains) {
      if (asked.length > 0 && !trains)
        throw refusal(`Algorithm ${algorithm} does not train, so training options have no effect.`);
      const ignored = forLearners.filter((name) => options[name] !== undefined && !read.has(name));
      if (ignored.length > 0)
        throw refusal(`Algorithm ${algorithm} ignores the training options ${ignored.join(", ")}.`);
    },
  };
}
