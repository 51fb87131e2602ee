import type { FewShotLearner } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import {
  matMul,
  mean,
  memory,
  mul,
  reshape,
  scalar,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../backend/index.ts";
import { fewShotLearning } from "./few-shot-learning.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

const classes = 8;
const each = 12;
/** Images of 4×4 whose classes overlap, so that a nearest mean is neither always right nor always wrong. */
const images = Uint8Array.from({ length: classes * each * 16 }, (_, at) => {
  const label = Math.floor(at / (each * 16));
  return label * 20 + ((at * 7919) % 101);
});
const split = {
  images,
  labels: Uint16Array.from({ length: classes * each }, (_, at) => Math.floor(at / each)),
  classNames: [..."abcdefgh"],
};
const data = {
  image: [4, 4, 1] as const,
  normalisation: { mean: [0], deviation: [1] },
  splits: { train: split, validation: split },
};
const protocol = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");
if (protocol.kind !== "few-shot-classification") throw new Error("It is of another kind.");
const short = { ...protocol, queries: 5, validationEpisodes: 30 };

const flat = (images: Tensor) => reshape(images, [images.shape[0] ?? 0, -1]) as Tensor2D;

/** Minus the squared distance to each class's mean, but for what all classes share. */
function logits(queries: Tensor2D, support: Tensor2D, ways: number, shots: number): Tensor2D {
  const means = mean<Tensor2D>(reshape(support, [ways, shots, -1]), 1);
  return sub(mul(matMul(queries, means, false, true), 2), sum(square(means), 1));
}

const trained = {
  parameters: {},
  state: {},
  trainsOn: "episodes",
  episodes: { ways: 5, shots: 1, queries: 1, perUpdate: 1 },
  train: () => ({ loss: scalar(0) }),
  adaptationSteps: 0,
} as const;

const onImages: FewShotLearner = {
  ...trained,
  adaptsOn: "images",
  *adapt({ inputs, ways, shots }) {
    yield { predict: (queries) => logits(flat(queries), flat(inputs), ways, shots) };
  },
};

/** The same on embeddings; `encoded` counts images. */
function onEmbeddings() {
  const counted = { encoded: 0 };
  const learner: FewShotLearner = {
    ...trained,
    adaptsOn: "embeddings",
    encode(some) {
      counted.encoded += some.shape[0];
      return flat(some);
    },
    *adapt({ inputs, ways, shots }) {
      yield { predict: (queries) => logits(queries as Tensor2D, inputs as Tensor2D, ways, shots) };
    },
  };
  return { learner, counted };
}

describe("a look at the validation split", () => {
  it("scores embeddings as it scores the images that they are of", () => {
    const { score } = fewShotLearning(onImages, data, short, 0).validate();
    expect(score).toBeGreaterThan(0.3);
    expect(score).toBeLessThan(1);
    expect(fewShotLearning(onEmbeddings().learner, data, short, 0).validate().score).toBe(score);
  });

  it("encodes each image once, however many episodes hold it, and anew at the next look", () => {
    const { learner, counted } = onEmbeddings();
    const learning = fewShotLearning(learner, data, short, 0);
    learning.validate();
    // 30 episodes of 30 images out of 96: nearly all are in one.
    expect(counted.encoded).toBeGreaterThan(80);
    expect(counted.encoded).toBeLessThanOrEqual(classes * each);
    const first = counted.encoded;
    learning.validate();
    expect(counted.encoded).toBe(2 * first);
  });

  it("leaves no embedding behind", () => {
    const learning = fewShotLearning(onEmbeddings().learner, data, short, 0);
    learning.validate();
    const before = memory().numTensors;
    learning.validate();
    expect(memory().numTensors).toBe(before);
  });
});
