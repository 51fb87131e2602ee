import type { AlgorithmPlugin, Backbone } from "@metabench/core";
import { beforeAll, describe, expect, it } from "vitest";
import { dispose, inScope, make, save, startNative } from "../../learner.test-support.ts";
import anil from "../anil.ts";
import boil from "../boil.ts";
import { train } from "../episodes.test-support.ts";
import maml from "../maml.ts";
import { context } from "../patterns.test-support.ts";
import protoMaml from "../proto-maml.ts";
import umtl from "../umtl.ts";

beforeAll(startNative);

/** The loss of a first update and the gradient that Adam made its first moment of, a tenth of it. */
function firstUpdate(
  plugin: AlgorithmPlugin<"few-shot-classification">,
  order: 1 | 2,
  backbone: Backbone = context().backbone,
) {
  const options = { order, innerSteps: 2, metaBatch: 2, trainingQueries: 2 };
  const { learner } = make(() => plugin.instantiate({ ...context(), backbone }, options));
  const loss = inScope(() => train(learner, 0)["loss"]?.dataSync()[0] ?? NaN);
  const { first: moments = [] } = save(learner);
  dispose(learner);
  return { loss, moments };
}

describe.each([maml, anil, boil, protoMaml, umtl].map((plugin) => ({ id: plugin.id, plugin })))(
  "$id",
  ({ plugin }) => {
    it("takes the same inner steps whether or not the meta-gradient sees through them", () => {
      expect(firstUpdate(plugin, 2).loss).toBeCloseTo(firstUpdate(plugin, 1).loss, 5);
    });

    it("learns from a meta-batch at once what it learns from it task by task", () => {
      const { stacked, ...alone } = context().backbone;
      expect(stacked).toBeDefined();
      const [together, apart] = [firstUpdate(plugin, 2), firstUpdate(plugin, 2, alone)];
      expect(together.loss).toBeCloseTo(apart.loss, 5);
      const differences = together.moments.map((value, at) => value - (apart.moments[at] ?? NaN));
      expect(Math.hypot(...differences) / Math.hypot(...apart.moments)).toBeLessThan(1e-4);
    });
  },
);
