import { add, mul, scalar, sub } from "@tensorflow/tfjs-core";
import type { Scalar } from "@tensorflow/tfjs-core";
import { sparseGradient } from "./gradient.ts";
import type { GradientOptions } from "./gradient.ts";
import { fromLeaves, leaves, tidyTree, zip } from "./tree.ts";
import type { Weights } from "./tree.ts";

/** One step of gradient descent: `weights − rate · gradients`, differentiable in both. */
export function descend<W extends Weights>(weights: W, gradients: W, rate: number): W {
  // Added with the sign turned: the same bits, and the derivative has no negation of its own.
  const factor = scalar(-rate);
  return zip(weights, gradients, (weight, gradient) => add(weight, mul(gradient, factor)));
}

/**
 * One step of gradient descent down a loss. The rate scales the loss and not each gradient, which saves operations. A weight that
 * does not reach the loss stays as it is.
 */
export function descendLoss<W extends Weights>(
  loss: (weights: W) => Scalar,
  weights: W,
  rate: number,
  options: GradientOptions = {},
): W {
  const along = sparseGradient((w: W) => mul<Scalar>(loss(w), -rate), weights, options);
  const moved = [...leaves(weights).values()].map((weight, at) => {
    const step = along[at];
    return step ? add(weight, step) : weight;
  });
  return fromLeaves(weights, moved);
}

/** One step of gradient descent with a rate of its own for every number: `weights − rates ∘ gradients`, differentiable in all three. */
export function descendEach<W extends Weights>(weights: W, gradients: W, rates: Weights): W {
  const steps = zip(gradients, rates, (gradient, rate) => mul(gradient, rate));
  return zip(weights, steps, (weight, step) => sub(weight, step));
}

/** Frees the leaves of a tree, save those that another tree still holds: a step may pass some through unchanged. */
function freeUnless(weights: Weights, ...holders: readonly Weights[]): void {
  const held = new Set(holders.flatMap((holder) => [...leaves(holder).values()]));
  for (const leaf of leaves(weights).values()) if (!held.has(leaf)) leaf.dispose();
}

/**
 * The weights after 0, 1, 2, ... steps, without end. The weights of a step are freed when the next is drawn or the loop is left;
 * `initial` is never freed. Use it outside gradients: a gradient needs the weights of every step.
 */
export function* iterate<W extends Weights>(
  initial: W,
  step: (weights: W) => W,
): Generator<W, never, undefined> {
  let current = initial;
  try {
    for (;;) {
      yield current;
      const previous = current;
      current = tidyTree(() => step(previous));
      freeUnless(previous, initial, current);
    }
  } finally {
    freeUnless(current, initial);
  }
}
