import { defineProtocol, type ProtocolPlugin } from "../protocol/definition.ts";

/** A protocol of each kind, under ids that built-in protocols have too; tests outside the core may take those instead. */
const protocols: readonly ProtocolPlugin[] = [
  defineProtocol({
    kind: "few-shot-classification",
    id: "few-shot/double-mnist-28/5w1s",
    version: 1,
    title: "DoubleMNIST 28×28, 5-way 1-shot",
    summary: "Five classes never seen in training, one labelled image of each.",
    dataset: { id: "double-mnist", options: { size: 28 } },
    backbone: { id: "conv4", options: { width: 64 } },
    ways: 5,
    shots: 1,
    queries: 15,
    curveSteps: 10,
    tiers: {
      quick: {
        backbone: { id: "conv4", options: { width: 32 } },
        seeds: 1,
        budget: { images: 80_000, validateEvery: 16_000 },
        validationEpisodes: 100,
        testEpisodes: 200,
      },
    },
  }),
  defineProtocol({
    kind: "few-shot-regression",
    id: "few-shot/sinusoid/10-shot",
    version: 1,
    title: "Sinusoids, 10-shot",
    summary: "A sine wave of unknown amplitude and phase is to be predicted from 10 of its points.",
    dataset: { id: "sinusoid" },
    backbone: { id: "multilayer-perceptron", options: { hidden: [40, 40] } },
    shots: 10,
    queries: 100,
    curveSteps: 10,
    tiers: {
      quick: {
        seeds: 1,
        budget: { images: 2_000_000, validateEvery: 500_000 },
        validationEpisodes: 100,
        testEpisodes: 200,
      },
    },
  }),
  defineProtocol({
    kind: "multi-task",
    id: "multi-task/multi-mnist",
    version: 1,
    title: "MultiMNIST, left and right digit",
    summary: "Two overlapping handwritten digits in one image.",
    dataset: { id: "multi-mnist" },
    backbone: { id: "lenet" },
    tiers: { quick: { seeds: 1, budget: { images: 200_000, validateEvery: 50_000 } } },
  }),
];

/**
 * A protocol for tests by id: `few-shot/double-mnist-28/5w1s`, `few-shot/sinusoid/10-shot` or `multi-task/multi-mnist`, each at tier `quick`.
 *
 * @throws Error for another id
 */
export function findProtocol(id: string): ProtocolPlugin {
  const found = protocols.find((protocol) => protocol.id === id);
  if (found) return found;
  throw new Error(
    `There is no protocol ${id} for tests. Choose one of ${protocols.map((one) => one.id).join(", ")}.`,
  );
}
