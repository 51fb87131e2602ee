import { startBackend } from "@metabench/harness/backend";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  cloneTree,
  disposeTree,
  fromLeaves,
  joinTrees,
  leaves,
  map,
  named,
  tidyTree,
  variables,
  zip,
} from "./index.ts";

await startBackend();

const make = () => ({
  body: { blocks: [{ kernel: tf.tensor2d([[1, 2]]), bias: tf.tensor1d([3]) }] },
  head: tf.scalar(4),
});

beforeEach(() => {
  tf.engine().startScope();
});
afterEach(() => {
  tf.engine().endScope();
});

describe("trees of weights", () => {
  it("name leaves by their path, indices included", () => {
    expect([...leaves(make()).keys()]).toEqual(["body.blocks.0.kernel", "body.blocks.0.bias", "head"]);
    expect([...leaves(tf.scalar(1)).keys()]).toEqual([""]);
  });

  it("keep their form, and their type, under map and zip", () => {
    const tree = make();
    const doubled = map(tree, (leaf) => tf.mul(leaf, 2));
    expect(doubled.body.blocks[0]?.kernel.arraySync()).toEqual([[2, 4]]);
    const sums = zip(tree, doubled, (a, b) => tf.add(a, b));
    expect(sums.head.arraySync()).toBe(12);
    expect([...leaves(fromLeaves(tree, [...leaves(sums).values()])).values()]).toEqual([
      ...leaves(sums).values(),
    ]);
  });

  it("are joined leaf by leaf", () => {
    const joined = joinTrees([make(), make()], (leaves) => tf.stack([...leaves]));
    expect([...leaves(joined)].map(([path, { shape }]) => [path, shape])).toEqual([
      ["body.blocks.0.kernel", [2, 1, 2]],
      ["body.blocks.0.bias", [2, 1]],
      ["head", [2]],
    ]);
    expect(() => joinTrees([], ([leaf = tf.scalar(0)]) => leaf)).toThrow(/no tree to join/);
    const trees = [make(), { head: tf.scalar(1) } as unknown as ReturnType<typeof make>];
    expect(() => joinTrees(trees, ([leaf = tf.scalar(0)]) => leaf)).toThrow(/no leaf "body\.blocks/);
  });

  it("name the leaf that a second tree lacks", () => {
    expect(() => zip(make(), { head: tf.scalar(1) }, (a) => a)).toThrow(/no leaf "body\.blocks\.0\.kernel"/);
    expect(() => fromLeaves(make(), [tf.scalar(1)])).toThrow(
      /only 1 leaves, none for "body\.blocks\.0\.bias"/,
    );
  });

  it("become variables that outlive a scope, and are named for the harness", () => {
    const tree = tidyTree(() => variables(make()));
    const found = named(tree, "net.");
    expect(Object.keys(found)).toEqual(["net.body.blocks.0.kernel", "net.body.blocks.0.bias", "net.head"]);
    expect(found["net.head"]?.arraySync()).toBe(4);
    const copy = cloneTree(tree);
    found["net.head"]?.assign(tf.scalar(9));
    expect(tree.head.arraySync()).toBe(9);
    expect(copy.head.arraySync()).toBe(4);
    expect(named(copy)).toEqual({});
    disposeTree(tree);
    expect(tree.head.isDisposed).toBe(true);
  });
});
