import { beforeAll, expect, it } from "vitest";
import { after, dispose, inScope, make, startNative } from "../learner.test-support.ts";
import baselinePlusPlus from "./baseline-plus-plus.ts";
import baseline from "./baseline.ts";
import matchingNetworks from "./matching-networks.ts";
import maml from "./maml.ts";
import { adapted, context, patterns } from "./patterns.test-support.ts";
import prototypicalNetworks from "./prototypical-networks.ts";
import r2d2 from "./r2d2.ts";
import relationNetworks from "./relation-networks.ts";
import simpleShot from "./simple-shot.ts";
import umtl from "./umtl.ts";

beforeAll(startNative, 60_000);

// A validation split may have fewer classes than a test task has ways: DoubleMNIST has 16, and 20-way tests.
it.each([
  maml,
  baseline,
  prototypicalNetworks,
  baselinePlusPlus,
  simpleShot,
  matchingNetworks,
  relationNetworks,
  r2d2,
  umtl,
])("$id adapts to a task of fewer ways than the test's", (plugin) => {
  const { learner } = make(() => plugin.instantiate(context(), {}));
  inScope(() => {
    const [ways, classes] = [3, [2001, 2002, 2003]];
    const support = { ...patterns(classes, 1, "fewer/support"), ways, shots: 1 };
    const query = patterns(classes, 2, "fewer/query");
    const logits = after(
      adapted(learner, support),
      Math.min(2, learner.adaptationSteps),
      (predict) => predict(query.inputs).shape,
    );
    expect(logits).toEqual([6, ways]);
  });
  dispose(learner);
});
