import type { Tensor3D } from "@tensorflow/tfjs-core";
import { stack, unstack } from "@tensorflow/tfjs-core";
import type { Backbone, StackedBackbone, Weights } from "@metabench/core";

/** A backbone for several tasks at once: its own way, or task by task where it has none. */
export function stackedOf(backbone: Backbone): StackedBackbone {
  return (
    backbone.stacked ?? {
      repeat: (weights, tasks) => Array.from({ length: tasks }, () => weights),
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
