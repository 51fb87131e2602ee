import type { Dependence, Setting } from "@metabench/core";
import { Variable } from "@tensorflow/tfjs-core";
import { z } from "zod";

// Each error says what is expected: it completes "<field> must be …".
const callable = z.custom((value) => typeof value === "function", "a function");
const wholeNumber = (least: number) =>
  z.custom<number>(
    (value) => Number.isSafeInteger(value) && Number(value) >= least,
    `a whole number of at least ${String(least)}`,
  );
const count = wholeNumber(1);
const variables = z.record(
  z.string(),
  z.custom((value) => value instanceof Variable, "a variable, as tf.variable() makes it"),
  "an object of variables by name, {} for none",
);

const parameterSet = z.looseObject({ parameters: variables, state: variables });

const dependences: readonly unknown[] = ["support-order", "other-queries"] satisfies Dependence[];
const adaptation = {
  adaptationSteps: wholeNumber(0),
  adapt: callable,
  dependsOn: z
    .custom(
      (value) => Array.isArray(value) && value.every((one) => dependences.includes(one)),
      'an array of "support-order" and "other-queries", or absent',
    )
    .optional(),
};

const untrained = z.looseObject({ trainsOn: z.literal("nothing") });

const fewShotTraining = z.discriminatedUnion(
  "trainsOn",
  [
    z.looseObject({
      trainsOn: z.literal("episodes"),
      episodes: z.looseObject(
        { ways: count, shots: count, queries: count, perUpdate: count },
        "an object { ways, shots, queries, perUpdate }",
      ),
      train: callable,
    }),
    z.looseObject({ trainsOn: z.literal("labelled-images"), batchSize: count, train: callable }),
    untrained,
  ],
  '"episodes", "labelled-images" or "nothing"',
);

const fewShotAdaptation = z.discriminatedUnion(
  "adaptsOn",
  [
    z.looseObject({ adaptsOn: z.literal("images"), ...adaptation }),
    z.looseObject({ adaptsOn: z.literal("embeddings"), encode: callable, ...adaptation }),
  ],
  '"images" or "embeddings"',
);

const regressionTraining = z.discriminatedUnion(
  "trainsOn",
  [z.looseObject({ trainsOn: z.literal("episodes"), functionsPerUpdate: count, train: callable }), untrained],
  '"episodes" or "nothing"',
);

/** What learners of each setting must be, as far as it can be seen before they are used; each schema looks at some of the fields. */
export const learnerSchemas: Readonly<Record<Setting, readonly z.ZodType[]>> = {
  "few-shot-classification": [parameterSet, fewShotTraining, fewShotAdaptation],
  "few-shot-regression": [parameterSet, regressionTraining, z.looseObject(adaptation)],
  "multi-task": [parameterSet, z.looseObject({ batchSize: count, train: callable, predict: callable })],
};
