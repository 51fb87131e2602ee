import { concat, mul, reshape, split, sqrt, square, sum } from "@tensorflow/tfjs-core";
import { div, minimum } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor1D, Variable } from "@tensorflow/tfjs-core";
import { fromLeaves, leaves } from "../tree.ts";
import type { Weights } from "../tree.ts";

/** All leaves of a tree, one after the other, as one vector: an update is then a dozen operations, not a dozen a weight. */
export function flatten(weights: Weights): Tensor1D {
  const vectors = [...leaves(weights).values()].map(
    (leaf) => reshape<Tensor1D["rankType"]>(leaf, [leaf.size]) as Tensor1D,
  );
  return concat(vectors);
}

/** How many numbers the leaves of a tree hold together. */
export function flatSize(weights: Weights): number {
  let size = 0;
  for (const leaf of leaves(weights).values()) size += leaf.size;
  return size;
}

/** The pieces of a vector made by {@link flatten}, in the shapes of the leaves of a tree. */
function pieces(form: Weights, vector: Tensor1D): Tensor[] {
  const targets = [...leaves(form).values()];
  const parts: Tensor[] = split(
    vector,
    targets.map(({ size }) => size),
  );
  return targets.map(({ shape }, index) => reshape(parts[index] as Tensor, shape));
}

/** A tree of the given form from a vector that holds the numbers of all its leaves, one leaf after the other. */
export function unflatten<W extends Weights>(form: W, vector: Tensor1D): W {
  return fromLeaves(form, pieces(form, vector));
}

/** Assigns the pieces of a vector made by {@link flatten} to the variables of a tree of the same form. */
export function assignFlat(weights: Weights, vector: Tensor1D): void {
  const targets = [...leaves(weights).values()];
  for (const [index, piece] of pieces(weights, vector).entries()) (targets[index] as Variable).assign(piece);
}

/** The vector, scaled down to the given length if it is longer. */
export function clipToNorm(vector: Tensor1D, length: number | undefined): Tensor1D {
  if (length === undefined) return vector;
  return mul(vector, minimum(1, div(length, sqrt(sum(square(vector))))));
}
