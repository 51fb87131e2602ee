import { defineProtocol, type ProtocolDefinition } from "./definition.ts";
import type { MultiTaskProtocol } from "./protocol.ts";

const epochs = (count: number) => ({ images: count * 50_000, validateEvery: 50_000 });

/** Multi-task protocols. */
export const multiTaskProtocols: readonly ProtocolDefinition[] = [
  defineProtocol<MultiTaskProtocol, "kind" | "id" | "version" | "title" | "summary" | "dataset" | "backbone">(
    {
      kind: "multi-task",
      id: "multi-task/multi-mnist",
      version: 1,
      title: "MultiMNIST, left and right digit",
      summary:
        "Two overlapping handwritten digits in one image: one task names the left digit, the other the right.",
      dataset: { id: "multi-mnist", options: {} },
      backbone: { id: "lenet", options: {} },
    },
    {
      quick: { seeds: 1, budget: epochs(4) },
      standard: { seeds: 3, budget: epochs(20) },
      full: { seeds: 5, budget: epochs(100) },
    },
  ),
];
