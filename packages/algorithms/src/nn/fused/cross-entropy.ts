import { add, mul, reshape, softmax, sub, sum } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { registerFusedGradient, runFused } from "./fused-kernel.ts";

/*
 * A kernel that a backend may offer:
 *   SparseSoftmaxCrossEntropy  {logits [n, classes], labels [n] int32} → [loss [n], softmax(logits) − one-hot(labels) [n, classes]]
 */

/** The cross-entropy of each row, [n], by the fused kernel; differentiable twice. */
export function sparseCrossEntropy(logits: Tensor2D, labels: Tensor1D): Tensor1D {
  const [loss] = runFused("SparseSoftmaxCrossEntropy", { logits, labels }) as [Tensor1D, Tensor2D];
  return loss;
}

/**
 * The kernel's second output is the first one's derivative by the logits p − y; its own is that of softmax, v ↦ p ⊙ (v − ⟨p, v⟩). A second
 * derivative arrives there because the saved output is still connected to the kernel.
 */
export function registerCrossEntropyGradients(): void {
  registerFusedGradient({
    kernelName: "SparseSoftmaxCrossEntropy",
    inputsToSave: ["logits"],
    outputsToSave: [false, true],
    gradient: ([dLoss, dDifference], saved) => {
      const [logits, difference] = saved as [Tensor2D, Tensor2D];
      return {
        logits: () => {
          const parts: Tensor[] = [];
          if (dLoss !== null) parts.push(mul(reshape(dLoss, [logits.shape[0], 1]), difference));
          if (dDifference !== null) {
            const p = softmax(logits);
            parts.push(mul(p, sub(dDifference, sum(mul(p, dDifference), 1, true))));
          }
          return parts.reduce((total, part) => add(total, part));
        },
      };
    },
  });
}
