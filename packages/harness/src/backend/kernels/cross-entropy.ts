import { attribute, operationOutputs } from "./tensorflow-ops.ts";
import type { NativeKernel } from "./tensorflow-ops.ts";

/**
 * `SparseSoftmaxCrossEntropy` ({logits [n, classes], labels [n] int32}) → [loss [n], softmax − one-hot [n, classes]]: the loss and its
 * gradient in one operation.
 */
export const crossEntropyKernel: NativeKernel = {
  name: "SparseSoftmaxCrossEntropy",
  run: ({ logits, labels }) =>
    operationOutputs(
      "SparseSoftmaxCrossEntropyWithLogits",
      [attribute.float32(), attribute.int32("Tlabels")],
      [logits, labels],
      { of: 2, keep: [0, 1] },
    ),
};
