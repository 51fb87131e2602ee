import {
  explanationLayout,
  randomStream,
  streamPath,
  type FewShotClassificationProtocol,
  type ImageShape,
  type MultiTaskProtocol,
  type dataKinds,
  type Protocol,
} from "@metabench/core";
import type { LoadedData } from "../prepare/index.ts";
import { classificationTest, fits } from "../scoring/index.ts";
import { nothingToSee, type ExplainMessage } from "../wire/index.ts";

/** Test episodes that are explained, and the classes of each of which one query is. */
const episodes = 2;
const classesEach = 5;
/** Limits in multi-task learning: images, and pairs of image and task; always at least one image. */
const imagesAtMost = 5;
const pairsAtMost = 10;

type TestData = LoadedData<"test">;
type Images<Kind extends TestData["kind"]> = Extract<TestData, { kind: Kind }>;

/** The examples of one episode or task, with the answers that the child is not told; images by position in the message. */
export interface FixedTask {
  readonly name: string;
  readonly classes: number;
  /** The first support image of each class. */
  readonly support: readonly number[];
  readonly queries: readonly number[];
  readonly labels: readonly number[];
}

/** The test images that every trial of a protocol is explained on. */
export interface FixedExamples {
  readonly image: ImageShape;
  readonly message: ExplainMessage;
  readonly tasks: readonly FixedTask[];
}

function ofEpisodes(
  protocol: FewShotClassificationProtocol,
  data: Images<"classified-images">,
  transductive: boolean,
): FixedExamples {
  const { ways, shots } = protocol;
  const testEpisodes = Math.min(episodes, protocol.testEpisodes);
  const { message, labels } = classificationTest({ ...protocol, testEpisodes }, data);
  if (message.kind !== protocol.kind) throw nothingToSee(protocol.kind);
  const chosen = message.episodes.map((question, episode) => {
    const answers = labels[episode] ?? new Int32Array();
    const classes = Array.from({ length: Math.min(ways, classesEach) }, (_, label) => label);
    const at = classes.map((label) => answers.indexOf(label));
    return { ...question, labels: classes, query: Uint32Array.from(at, (one) => question.query[one] ?? 0) };
  });
  return {
    image: data.image,
    message: {
      type: "explain",
      images: message.images,
      episodes: chosen.map(({ support, supportLabels, query }) => ({ support, supportLabels, query })),
      queries: new Uint32Array(),
      layout: explanationLayout(data.image),
      transductive,
    },
    tasks: chosen.map(({ support, query, labels: classes }, episode) => ({
      name: `episode ${String(episode + 1)}`,
      classes: ways,
      support: Array.from({ length: ways }, (_, way) => support[way * shots] ?? 0),
      queries: [...query],
      labels: classes,
    })),
  };
}

function ofTasks(protocol: MultiTaskProtocol, data: Images<"multi-task-images">): FixedExamples {
  const { images, targets } = data.splits.test;
  const [height, width, channels] = data.image;
  const size = height * width * channels;
  const count = Math.max(1, Math.min(imagesAtMost, Math.floor(pairsAtMost / data.tasks.length)));
  const order = randomStream(streamPath(protocol, "test", "explained")).permutation(images.length / size);
  const positions = [...order.subarray(0, count)];
  const chosen = new Uint8Array(positions.length * size);
  for (const [to, from] of positions.entries())
    chosen.set(images.subarray(from * size, (from + 1) * size), to * size);
  const queries = positions.map((_, at) => at);
  return {
    image: data.image,
    message: {
      type: "explain",
      images: chosen,
      episodes: [],
      queries: Uint32Array.from(queries),
      layout: explanationLayout(data.image),
      transductive: false,
    },
    tasks: data.tasks.map(({ id, classes }) => ({
      name: id,
      classes,
      support: [],
      queries,
      labels: positions.map((position) => targets[id]?.[position] ?? 0),
    })),
  };
}

type Choose<K extends TestData["kind"]> = (
  protocol: Extract<Protocol, { kind: (typeof dataKinds)[K]["protocol"] }>,
  data: Images<K>,
  transductive: boolean,
) => FixedExamples;

/** How the fixed images of each kind of data are chosen; null where trials on it are not explained. */
const choosers: { readonly [K in TestData["kind"]]: Choose<K> | null } = {
  "classified-images": ofEpisodes,
  "multi-task-images": ofTasks,
  "task-examples": null,
};

/**
 * The test images on which every trial of a protocol is explained: of its first two test episodes one query each of the first five classes,
 * or some images of a multi-task test, drawn once.
 *
 * @param transductive whether the trial's predictions depend on other queries
 * @throws MetabenchError `invalid-protocol` where there are no images
 */
export function fixedExamples(protocol: Protocol, data: TestData, transductive: boolean): FixedExamples {
  const choose = fits(protocol.kind, data.kind) ? choosers[data.kind] : null;
  if (choose === null) throw nothingToSee(protocol.kind);
  // The kind of the data chooses it, which TypeScript cannot follow through the table.
  return (choose as unknown as Choose<TestData["kind"]>)(protocol as never, data as never, transductive);
}
