import type { Tensor2D } from "@tensorflow/tfjs-core";

/** Softmax of logits `[n, classes]`, row by row, in double precision. */
export function probabilitiesOf(logits: Tensor2D): readonly (readonly number[])[] {
  const [count, classes] = logits.shape;
  const values = logits.dataSync();
  return Array.from({ length: count }, (_, row) => {
    const own = [...values.subarray(row * classes, (row + 1) * classes)];
    const most = Math.max(...own);
    const powers = own.map((value) => Math.exp(value - most));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  });
}
