import { add, engine, mul, zerosLike } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { apart, isRecording, recording } from "./engine.ts";
import { installSecondOrder } from "./second-order.ts";
import { disposeTree, fromLeaves, leaves, map, tidyTree, zip } from "./tree.ts";
import type { Weights } from "./tree.ts";

installSecondOrder();

/**
 * What an enclosing gradient does with this one: 1 takes it as constant, 2 differentiates through it.
 *
 * With 2, weights that were computed from one another inside the enclosing gradient are not independent: the gradient of the first then holds
 * what goes through the second. `cloneTree` makes independent weights of them.
 */
export interface GradientOptions {
  /** Default 1. */
  readonly order?: 1 | 2;
}

/** A loss, and its gradient as a tree of the form of the weights. */
export type ValueAndGradient<W> = { readonly value: Scalar; readonly gradient: W };

/**
 * The gradient leaf by leaf, in the order of `leaves`; `null` for a weight that does not reach the value. For those who would do nothing with
 * zeros.
 */
export function sparseGradient<W extends Weights>(
  f: (weights: W) => Scalar,
  weights: W,
  { order = 1 }: GradientOptions = {},
): readonly (Tensor | null)[] {
  const list = [...leaves(weights).values()];
  const walk = () => engine().gradients(() => f(weights), list);
  const { value, grads } = order === 1 ? apart(walk) : walk();
  disposeUnlessInUse(value as Scalar, list, order);
  return grads as readonly (Tensor | null)[];
}

/** `null` where a weight does not reach `y`; the zeros make gradients of every weight usable. */
function complete<W extends Weights>(weights: W, gradients: readonly (Tensor | null | undefined)[]): W {
  const list = [...leaves(weights).values()];
  return fromLeaves(
    weights,
    list.map((leaf, index) => gradients[index] ?? zerosLike(leaf)),
  );
}

/**
 * The value and the gradient of a scalar function of a tree. A weight that does not reach the value gets a gradient of zeros.
 *
 * Order 1 inside another gradient is a stopped gradient, and its tape is freed at once. Weights that do not reach the value get
 * zeros; if none does, it is an error.
 */
export function valueAndGradient<W extends Weights>(
  f: (weights: W) => Scalar,
  weights: W,
  { order = 1 }: GradientOptions = {},
): ValueAndGradient<W> {
  const list = [...leaves(weights).values()];
  const walk = (): ValueAndGradient<W> => {
    const { value, grads } = engine().gradients(() => f(weights), list);
    return { value: value as Scalar, gradient: complete(weights, grads) };
  };
  return order === 1 ? apart(walk) : walk();
}

/** Inside a recording gradient the value is part of the tape and must stay; and it may be a weight itself. */
function disposeUnlessInUse(value: Scalar, weights: readonly Tensor[], order?: 1 | 2): void {
  if (!((order === 2 && isRecording()) || weights.includes(value))) value.dispose();
}

/** The gradient of a scalar function of a tree, as a tree of the same form. {@link valueAndGradient} returns the value too. */
export function gradient<W extends Weights>(
  f: (weights: W) => Scalar,
  weights: W,
  options: GradientOptions = {},
): W {
  const { value, gradient: tree } = valueAndGradient(f, weights, options);
  disposeUnlessInUse(value, [...leaves(weights).values()], options.order);
  return tree;
}

/**
 * The mean of several losses and its gradient. Losses are taken one after the other, so memory holds the operations of one only.
 * Enclosing gradients take the result as constant.
 */
export function meanValueAndGradient<W extends Weights>(
  losses: readonly ((weights: W) => Scalar)[],
  weights: W,
): ValueAndGradient<W> {
  const share = 1 / losses.length;
  let total: ValueAndGradient<W> | undefined;
  for (const loss of losses) {
    const before: ValueAndGradient<W> | undefined = total;
    total = tidyTree(() => {
      const part = map(valueAndGradient(loss, weights), (leaf) => mul(leaf, share));
      return before === undefined ? part : zip(part, before, (a, b) => add(a, b));
    });
    if (before !== undefined) disposeTree(before);
  }
  if (total === undefined) throw new RangeError("There is no loss to take the mean of; give at least one.");
  return total;
}

/** Losses of several tasks and, for each, the gradient of the shared weights. */
export interface PerTaskGradients<W> {
  /** The losses, in the order in which they were returned. */
  readonly values: readonly Scalar[];
  /** For each loss, a tree of the form of the weights. */
  readonly gradients: readonly W[];
}

/**
 * Each loss's gradient from one forward pass, recorded once and walked back once per loss. Enclosing gradients take it as
 * constant.
 */
export function perTaskGradients<W extends Weights>(
  losses: (weights: W) => readonly Scalar[],
  weights: W,
): PerTaskGradients<W> {
  const list = [...leaves(weights).values()];
  return apart(() => {
    const state = recording();
    const { kernelDepth } = state;
    state.activeTape = [];
    state.gradientDepth = 1;
    try {
      const values = engine().tidy(() => [...losses(weights)]);
      // A kernel in progress records nothing, so the walks back leave the tape as it is.
      state.kernelDepth = 1;
      const gradients = values.map((value) =>
        complete(weights, engine().gradients(() => value, list, undefined, true).grads),
      );
      return { values, gradients };
    } finally {
      state.kernelDepth = kernelDepth;
      for (const node of state.activeTape) for (const tensor of node.saved ?? []) tensor.dispose();
    }
  });
}
