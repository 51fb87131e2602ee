import type { Weights } from "@metabench/core";
import { clone, expandDims, mul, ones, tidy, variable } from "@tensorflow/tfjs-core";
import type { Tensor, TensorContainer, Variable } from "@tensorflow/tfjs-core";

/*
 * A tree keeps its exact type through every function here. Write such types as `type`s, not interfaces, which have no index signature:
 * `type Net = { readonly blocks: readonly ConvolutionWeights[]; readonly head: LinearWeights }`.
 */

export type { Weights };

function isTensor(weights: Weights): weights is Tensor {
  return "dataId" in weights;
}

function isList(weights: Weights): weights is readonly Weights[] {
  return Array.isArray(weights);
}

function walk(weights: Weights, path: string, visit: (leaf: Tensor, path: string) => Tensor): Weights {
  if (isTensor(weights)) return visit(weights, path);
  const below = (name: string | number): string => (path === "" ? String(name) : `${path}.${String(name)}`);
  if (isList(weights)) return weights.map((child, index) => walk(child, below(index), visit));
  return Object.fromEntries(
    Object.entries(weights).map(([name, child]) => [name, walk(child, below(name), visit)]),
  );
}

/** A tree of the same form with `f(leaf, path)` at every leaf. A leaf must keep its rank. */
export function map<W extends Weights>(weights: W, f: (leaf: Tensor, path: string) => Tensor): W {
  // The walk rebuilds exactly the form of W, which the type system cannot follow.
  return walk(weights, "", f) as W;
}

/** Leaves by path, in the tree's own order. Paths join names and indices by dots: `"body.blocks.0.kernel"`. */
export function leaves(weights: Weights): ReadonlyMap<string, Tensor> {
  const found = new Map<string, Tensor>();
  walk(weights, "", (leaf, path) => {
    found.set(path, leaf);
    return leaf;
  });
  return found;
}

/**
 * A tree of the form of `first` with `f(a, b, path)` at every leaf.
 *
 * @throws RangeError if `second` has no leaf at one of the paths of `first`.
 */
export function zip<W extends Weights>(
  first: W,
  second: Weights,
  f: (a: Tensor, b: Tensor, path: string) => Tensor,
): W {
  const others = leaves(second);
  return map(first, (leaf, path) => {
    const other = others.get(path);
    if (other === undefined)
      throw new RangeError(`The second tree has no leaf "${path}"; give two trees of one form.`);
    return f(leaf, other, path);
  });
}

/**
 * A tree of the form of the first with `f(leaves)` at every leaf, of all trees in their order.
 *
 * @throws RangeError if there is no tree, or one lacks a leaf of the first.
 */
export function joinTrees<W extends Weights>(
  trees: readonly W[],
  f: (leaves: readonly Tensor[]) => Tensor,
): Weights {
  const [first] = trees;
  if (first === undefined) throw new RangeError("There is no tree to join; give at least one.");
  const all = trees.map(leaves);
  return walk(first, "", (_, path) =>
    f(
      all.map((own) => {
        const leaf = own.get(path);
        if (leaf === undefined) throw new RangeError(`A tree has no leaf "${path}"; give trees of one form.`);
        return leaf;
      }),
    ),
  );
}

/** The tree of the given form whose leaves are `list`, in the order of {@link leaves}. */
export function fromLeaves<W extends Weights>(form: W, list: readonly Tensor[]): W {
  let next = 0;
  return map(form, (_, path) => {
    const leaf = list[next];
    if (leaf === undefined)
      throw new RangeError(`There are only ${String(next)} leaves, none for "${path}".`);
    next += 1;
    return leaf;
  });
}

/**
 * Variables that start at the given values. They belong to no scope and live until {@link disposeTree}. The initial tensors
 * are left to their scope.
 */
export function variables<W extends Weights>(weights: W, { trainable = true } = {}): W {
  return map(weights, (leaf) => variable(leaf, trainable));
}

/** The variables of a tree by path, for a learner's `parameters` and `state`. Leaves that are not variables are left out. */
export function named(weights: Weights, prefix = ""): Readonly<Record<string, Variable>> {
  const found: Record<string, Variable> = {};
  for (const [path, leaf] of leaves(weights)) {
    if ("trainable" in leaf) found[prefix + path] = leaf as Variable;
  }
  return found;
}

/** A tree with a copy of every leaf. Copies share memory until one is assigned. */
export function cloneTree<W extends Weights>(weights: W): W {
  return map(weights, (leaf) => clone(leaf));
}

/** The same weights for each of `count` tasks, on a new first axis: leaves `[count, …]`, differentiable. */
export function repeat<W extends Weights>(weights: W, count: number): Weights {
  return map(weights, (leaf) => mul(expandDims(leaf), ones([count, ...leaf.shape.map(() => 1)])));
}

/** Frees every leaf, variables too. */
export function disposeTree(weights: Weights): void {
  for (const leaf of leaves(weights).values()) leaf.dispose();
}

/** `tf.tidy` for a function that returns a tree: all other tensors that it makes are freed. */
export function tidyTree<W extends Weights>(f: () => W): W {
  // A tree is a container of tensors to tfjs, which only lacks the word `readonly`.
  return tidy(f as unknown as () => TensorContainer) as W;
}
