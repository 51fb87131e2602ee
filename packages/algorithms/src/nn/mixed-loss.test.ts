import { startBackend } from "@metabench/harness/backend";
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { crossEntropy, gradient, mixedLoss } from "./index.ts";

await startBackend();

const logits = tf.tensor2d([
  [1, 2, -1],
  [0, 0.5, 3],
]);
const labels = tf.tensor1d([1, 0], "int32");
const others = tf.tensor1d([0, 2], "int32");
const loss = (share?: number) =>
  mixedLoss({ labels, ...(share !== undefined && { mixed: { labels: others, share } }) }, (of) =>
    crossEntropy(logits, of),
  ).arraySync();

it("is the plain loss where nothing was mixed, and at λ = 1; at λ = 0 that of the others", () => {
  const plain = crossEntropy(logits, labels).arraySync();
  expect(loss()).toBe(plain);
  expect(loss(1)).toBe(plain);
  expect(loss(0)).toBe(crossEntropy(logits, others).arraySync());
});

it("is the cross-entropy of the mixed label", () => {
  // −Σ y · log softmax, with y = 0.7 of the one label and 0.3 of the other.
  const logarithms = tf.logSoftmax(logits).arraySync() as number[][];
  const [first = [], second = []] = logarithms;
  const ofFirst = 0.7 * (first[1] ?? NaN) + 0.3 * (first[0] ?? NaN);
  const ofSecond = 0.7 * (second[0] ?? NaN) + 0.3 * (second[2] ?? NaN);
  expect(loss(0.7)).toBeCloseTo(-(ofFirst + ofSecond) / 2, 5);
});

it("has the mixed gradient", () => {
  const at = (share: number) =>
    gradient(
      ({ w }: { w: tf.Tensor2D }) =>
        mixedLoss({ labels, mixed: { labels: others, share } }, (of) => crossEntropy(w, of)),
      { w: logits },
    ).w.dataSync();
  const [own, other, mixed] = [at(1), at(0), at(0.25)];
  for (const [index, value] of mixed.entries())
    expect(value).toBeCloseTo(0.25 * (own[index] ?? NaN) + 0.75 * (other[index] ?? NaN), 6);
});
