import { z } from "zod";
import type { Kind } from "../axes/kind.ts";
import {
  fewShotClassificationProtocol,
  fewShotRegressionProtocol,
  multiTaskProtocol,
  pluginChoice,
} from "./protocol.ts";

const choice = pluginChoice.extend({ options: pluginChoice.shape.options.default({}) });
const basis = { kind: true, id: true, version: true, title: true, summary: true } as const;
const plugins = { dataset: choice, backbone: choice };
const rules = { shots: true, queries: true, curveSteps: true } as const;
const { seeds, budget } = multiTaskProtocol.shape;
const { testEpisodes, validationEpisodes } = fewShotRegressionProtocol.shape;
const episodes = { testEpisodes, validationEpisodes };

/** The tiers of a definition. */
const tiersOf = <Own extends z.core.$ZodLooseShape>(own: Own) => {
  const tier = z.strictObject({
    seeds,
    budget: budget.refine(({ images, validateEvery }) => validateEvery <= images, {
      path: ["validateEvery"],
      error: "at most the images of the budget: parameters are selected at these looks",
    }),
    backbone: choice.exactOptional(),
    ...own,
  });
  return z
    .strictObject(
      { quick: tier.exactOptional(), standard: tier.exactOptional(), full: tier.exactOptional() },
      {
        error: ({ code }) =>
          code === "invalid_type" ? "an object with one to three of quick, standard and full" : undefined,
      },
    )
    .refine((tiers) => Object.keys(tiers).length > 0, "at least one of quick, standard and full");
};

const atLeastTwo = "a whole number, at least 2";
const ways = z.int(atLeastTwo).min(2, atLeastTwo);

/** What `defineProtocol` is given for a protocol of each kind. */
export const definitionSchemas = {
  "few-shot-classification": fewShotClassificationProtocol
    .pick({ ...basis, ...rules })
    .extend({ ...plugins, ways, validationWays: ways.exactOptional(), tiers: tiersOf(episodes) }),
  "few-shot-regression": fewShotRegressionProtocol
    .pick({ ...basis, ...rules })
    .extend({ ...plugins, tiers: tiersOf(episodes) }),
  "multi-task": multiTaskProtocol.pick(basis).extend({ ...plugins, tiers: tiersOf({}) }),
} as const satisfies Record<Kind, z.ZodObject>;
