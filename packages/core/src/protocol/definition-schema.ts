import { z } from "zod";
import { kindIds } from "../axes/kind.ts";
import {
  fewShotClassificationProtocol,
  fewShotRegressionProtocol,
  multiTaskProtocol,
  pluginChoice,
} from "./protocol.ts";

const choice = pluginChoice.extend({ options: pluginChoice.shape.options.default({}) });
const basis = { id: true, version: true, title: true, summary: true } as const;
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
    .strictObject({
      quick: tier.exactOptional(),
      standard: tier.exactOptional(),
      full: tier.exactOptional(),
    })
    .refine((tiers) => Object.keys(tiers).length > 0, "at least one of quick, standard and full");
};

const classification = fewShotClassificationProtocol
  .pick({ kind: true, ...basis, ...rules })
  .extend({
    ...plugins,
    ways: z.int().min(2),
    validationWays: z.int().min(2).exactOptional(),
    tiers: tiersOf(episodes),
  })
  .transform((definition) => ({ validationWays: definition.ways, ...definition }));
const regression = fewShotRegressionProtocol
  .pick({ kind: true, ...basis, ...rules })
  .extend({ ...plugins, tiers: tiersOf(episodes) });
const multiTask = multiTaskProtocol.pick({ kind: true, ...basis }).extend({ ...plugins, tiers: tiersOf({}) });

/** What `defineProtocol` is given, with the fields that may be left out filled in. */
export const definitionSchema = z.discriminatedUnion("kind", [classification, regression, multiTask], {
  error: `a protocol whose kind is one of ${kindIds.map((kind) => `"${kind}"`).join(", ")}`,
});
