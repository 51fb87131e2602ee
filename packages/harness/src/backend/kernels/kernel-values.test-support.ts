import * as tf from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";
import { expect } from "vitest";

/** The numbers of several tensors. */
export type Values = readonly (readonly number[])[];

let state = 1;

/** Starts {@link noise} anew. */
export function seed(start: number): void {
  state = start;
}

/** Numbers in (−1, 1). */
export function noise(shape: number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => {
      state = (state * 48271) % 2147483647;
      return (2 * state) / 2147483647 - 1;
    }),
    shape,
  );
}

/** A kernel's outputs. */
export function run(kernel: string, inputs: Record<string, Tensor>, attributes: object): Tensor[] {
  return [tf.engine().runKernel<Tensor | Tensor[]>(kernel, inputs, attributes as NamedAttrMap)].flat();
}

/** What the tensors hold that `f` makes. */
export function values(f: () => readonly Tensor[]): Values {
  const made = tf.tidy(() => f().map((tensor) => tensor.arraySync())) as unknown[];
  return made.map((nested) => [nested].flat(Infinity) as number[]);
}

/** The largest difference, relative to the largest number of its tensor (or to 1). */
export function gap(a: Values, b: Values): number {
  expect(a.map(({ length }) => length)).toEqual(b.map(({ length }) => length));
  let largest = 0;
  for (const [which, list] of a.entries()) {
    const other = b[which] ?? [];
    const size = list.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
    for (const [index, value] of list.entries())
      largest = Math.max(largest, Math.abs(value - (other[index] ?? NaN)) / size);
  }
  return largest;
}
