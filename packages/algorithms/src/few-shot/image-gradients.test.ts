import { add, grad, mul, norm, slice, sum, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { inScope, make, startNative } from "../learner.test-support.ts";
import maml from "./maml.ts";
import matchingNetworks from "./matching-networks.ts";
import { adapted, context, testTask } from "./patterns.test-support.ts";
import prototypicalNetworks from "./prototypical-networks.ts";
import r2d2 from "./r2d2.ts";
import relationNetworks from "./relation-networks.ts";

beforeAll(startNative, 60_000);

const learners = [
  { name: "prototypical networks", plugin: prototypicalNetworks, options: {} },
  { name: "matching networks, full context", plugin: matchingNetworks, options: { fullContext: true } },
  { name: "relation networks", plugin: relationNetworks, options: {} },
  { name: "MAML", plugin: maml, options: { testSteps: 2 } },
  { name: "R2D2", plugin: r2d2, options: {} },
] as const;

// What saliency rests on: no fused operation on the way may leave the gradient by the image out.
describe.each(learners)("the logits of $name", ({ plugin, options }) => {
  it("have the gradient by their image that central differences find", () => {
    const { learner } = make(() => plugin.instantiate(context(), options));
    inScope(() => {
      const { support, query } = testTask(1, 1, 1);
      let steps = learner.adaptationSteps;
      for (const predict of adapted(learner, support)) {
        if (steps > 0) {
          steps -= 1;
          continue;
        }
        const logit = (x: Tensor): Tensor => sum(slice(predict(x as Tensor4D), [0, 2], [-1, 1]));
        const gradient = grad(logit)(query.inputs);
        const length = norm(gradient).dataSync()[0] ?? NaN;
        expect(length).toBeGreaterThan(0);
        // Along its own direction the slope is the gradient's length.
        const step = 0.02;
        const at = (by: number) => logit(add(query.inputs, mul(gradient, by / length))).dataSync()[0] ?? NaN;
        const slope = (at(step) - at(-step)) / (2 * step);
        expect(slope / length).toBeGreaterThan(0.97);
        expect(slope / length).toBeLessThan(1.03);
        break;
      }
    });
  });
});
