import {
  classIndex,
  episodesHash,
  frozenEpisodes,
  randomStream,
  streamPath,
  type ClassifiedImages,
  type FewShotClassificationProtocol,
  type FewShotRegressionProtocol,
  type FunctionFamily,
  type MultiTaskImages,
  type MultiTaskProtocol,
} from "@metabench/core";
import { frozenFunctions, functionsHash } from "../episodes/index.ts";
import type { TestMessage } from "../wire/index.ts";

function gather(images: Uint8Array, size: number, order: Uint32Array): Uint8Array {
  const gathered = new Uint8Array(order.length * size);
  for (const [to, from] of order.entries())
    gathered.set(images.subarray(from * size, (from + 1) * size), to * size);
  return gathered;
}

const pixels = ([height, width, channels]: ClassifiedImages["image"]) => height * width * channels;

/**
 * The frozen test episodes of a few-shot protocol; only images that some episode uses are sent, in an order of their own. `order` holds the
 * position in the split of each image sent.
 */
export function classificationTest(
  protocol: FewShotClassificationProtocol,
  data: Pick<ClassifiedImages, "image"> & { readonly splits: Pick<ClassifiedImages["splits"], "test"> },
): {
  readonly message: TestMessage;
  readonly hash: string;
  readonly labels: readonly Int32Array[];
  readonly order: Uint32Array;
} {
  const { images, labels, classNames } = data.splits.test;
  const { ways, shots, queries, testEpisodes } = protocol;
  const path = streamPath(protocol, "test", "episodes");
  const episodes = frozenEpisodes(
    classIndex(labels, classNames.length),
    { ways, shots, queries },
    testEpisodes,
    path,
  );
  const used = Uint32Array.from(new Set(episodes.flatMap(({ support, query }) => [...support, ...query])));
  const order = randomStream(`${path}/order`).shuffle(used.sort());
  const place = new Map([...order].map((position, at) => [position, at]));
  const placed = (positions: Uint32Array) => positions.map((position) => place.get(position) ?? 0);
  return {
    message: {
      type: "test",
      kind: "few-shot-classification",
      images: gather(images, pixels(data.image), order),
      episodes: episodes.map(({ support, supportLabels, query }) => ({
        support: placed(support),
        supportLabels,
        query: placed(query),
      })),
    },
    hash: episodesHash(episodes),
    order,
    labels: episodes.map(({ queryLabels }) => queryLabels),
  };
}

/** The frozen test functions of a regression protocol. */
export function regressionTest(
  protocol: FewShotRegressionProtocol,
  family: FunctionFamily,
): { readonly message: TestMessage; readonly hash: string; readonly targets: readonly Float32Array[] } {
  const episodes = frozenFunctions(family, protocol, "test", protocol.testEpisodes);
  return {
    message: {
      type: "test",
      kind: "few-shot-regression",
      episodes: episodes.map(({ inputs, targets, query }) => ({ inputs, targets, query })),
    },
    hash: functionsHash(episodes),
    targets: episodes.map(({ answers }) => answers),
  };
}

/** The whole test split of a multi-task protocol, shuffled; `order` holds the canonical position of each image sent. */
export function multiTaskTest(
  protocol: MultiTaskProtocol,
  data: Pick<MultiTaskImages, "image"> & { readonly splits: Pick<MultiTaskImages["splits"], "test"> },
): { readonly message: TestMessage; readonly order: Uint32Array } {
  const { images } = data.splits.test;
  const size = pixels(data.image);
  const order = randomStream(streamPath(protocol, "test", "order")).permutation(images.length / size);
  return {
    message: { type: "test", kind: "multi-task", images: gather(images, size, order) },
    order,
  };
}

/** The same test, cut to its first episodes (images of multi-task tests stay): what adaptation and prediction are timed on. */
export function firstEpisodes(message: TestMessage, count: number): TestMessage {
  switch (message.kind) {
    case "few-shot-classification":
      return { ...message, episodes: message.episodes.slice(0, count) };
    case "few-shot-regression":
      return { ...message, episodes: message.episodes.slice(0, count) };
    case "multi-task":
    case "task-examples":
      return message;
  }
}
