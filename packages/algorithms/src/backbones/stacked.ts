import type { Tensor3D } from "@tensorflow/tfjs-core";
import { stack, unstack } from "@tensorflow/tfjs-core";
import type { Backbone, StackedBackbone, Weights } from "@metabench/core";
import { cloneTree } from "../nn/index.ts";

/** A backbone for several tasks at once: its own way, or task by task where it has none. */
export function stackedOf(backbone: Backbone): StackedBackbone {
  return (
    backbone.stacked ?? {
      // Copies: to a gradient, one tensor under several names is one weight, and would get the sum over tasks under each.
      repeat: (weights, tasks) => Array.from({ length: tasks }, () => cloneTree(weights)),
      join: (weights) => weights.map((own) => cloneTree(own)),
      apply(weights, inputs, statistics) {
        const own = statistics as readonly Weights[] | undefined;
        const embedded = unstack(inputs).map((images, task) =>
          backbone.apply((weights as readonly Weights[])[task] ?? {}, images, own?.[task]),
        );
        return {
          embedding: stack(embedded.map(({ embedding }) => embedding)) as Tensor3D,
          statistics: embedded.map((one) => one.statistics),
        };
      },
    }
  );
}
