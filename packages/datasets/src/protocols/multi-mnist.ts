import { defineProtocol } from "@metabench/core";

const epochs = (count: number) => ({ images: count * 50_000, validateEvery: 50_000 });

/** Multi-task learning of two digits that overlap in one picture. */
export const multiMnistProtocol = defineProtocol({
  kind: "multi-task",
  id: "multi-task/multi-mnist",
  version: 1,
  title: "MultiMNIST, left and right digit",
  summary:
    "Two overlapping handwritten digits in one image: one task names the left digit, the other the right.",
  dataset: { id: "multi-mnist" },
  backbone: { id: "lenet" },
  tiers: {
    quick: { seeds: 1, budget: epochs(4) },
    standard: { seeds: 3, budget: epochs(20) },
    full: { seeds: 5, budget: epochs(100) },
  },
});
