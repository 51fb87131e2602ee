import {
  classIndex,
  episodeSampler,
  epochBatches,
  frozenEpisodes,
  randomStream,
  streamPath,
  type ClassifiedImages,
  type Episode,
  type FewShotClassificationProtocol,
  type FewShotLearner,
  type IndexEpisode,
  type SplitName,
  type TrainingOptions,
} from "@metabench/core";
import { tensor1d } from "@tensorflow/tfjs-core";
import { adaptOnce, inputsOf } from "./adaptation.ts";
import { embeddedImages } from "./embedded-images.ts";
import type { ImageReader } from "./image-reader.ts";
import { imageReader } from "./image-tensor.ts";
import type { Learning } from "./learning.ts";
import { trainingChanges } from "./training-changes.ts";

/** Training and validation splits of a data set. */
export type TrainingImages = Pick<ClassifiedImages, "image" | "normalisation"> & {
  readonly splits: Pick<ClassifiedImages["splits"], Exclude<SplitName, "test">>;
};

/** The tensors of an episode whose images are positions in a reader's array. */
export function episodeTensors(
  reader: ImageReader,
  { support, supportLabels, query, queryLabels }: IndexEpisode,
  ways: number,
): Episode {
  return {
    support: {
      inputs: reader.at(support),
      labels: tensor1d(supportLabels, "int32"),
      ways,
      shots: support.length / ways,
    },
    query: { inputs: reader.at(query), labels: tensor1d(queryLabels, "int32") },
  };
}

function batches(
  learner: FewShotLearner,
  data: TrainingImages,
  path: string,
  asked: TrainingOptions,
): Pick<Learning, "training" | "imagesPerUpdate" | "update" | "release" | "state" | "restore"> {
  const { images, labels, classNames } = data.splits.train;
  const { augment, mixup, withStreamState } = trainingChanges(asked, data.image, path);
  const reader = imageReader(images, data.image, data.normalisation, augment);
  if (learner.trainsOn === "episodes") {
    const { ways, shots, queries, perUpdate } = learner.episodes;
    const sample = episodeSampler(classIndex(labels, classNames.length), { ways, shots, queries });
    const random = randomStream(`${path}/episodes`);
    const queryRandom = randomStream(`${path}/queries`);
    const episodes = () =>
      Array.from({ length: perUpdate }, () => episodeTensors(reader, sample(random, queryRandom), ways));
    return withStreamState({
      training: { on: "episodes", ways, shots, queries, perUpdate },
      imagesPerUpdate: perUpdate * ways * (shots + queries),
      update() {
        if (mixup === undefined) return learner.train(episodes());
        const share = mixup.draw();
        const losses = learner.train(
          episodes().map(({ support, query }) => ({ support, query: mixup.set(query, share) })),
        );
        mixup.assertHeeded();
        return losses;
      },
      release: reader.release,
      state: () => [random.state(), queryRandom.state()],
      restore: (state) => {
        const [episodes, shuffles] = state as unknown as [number[], number[]];
        random.restore(episodes);
        queryRandom.restore(shuffles);
      },
    });
  }
  if (learner.trainsOn === "labelled-images") {
    const supply = epochBatches(labels.length, learner.batchSize, randomStream(`${path}/batches`));
    return withStreamState({
      training: { on: "labelled-images", batchSize: learner.batchSize },
      imagesPerUpdate: learner.batchSize,
      update: () => {
        const positions = supply.draw();
        const targets = Int32Array.from(positions, (position) => labels[position] ?? 0);
        const batch = { inputs: reader.at(positions), labels: tensor1d(targets, "int32") };
        const losses = learner.train(mixup === undefined ? batch : mixup.set(batch, mixup.draw()));
        mixup?.assertHeeded();
        return losses;
      },
      release: reader.release,
      state: () => ({ ...supply.state() }),
      restore: (state) => {
        supply.restore(state as unknown as ReturnType<typeof supply.state>);
      },
    });
  }
  return {
    training: { on: "nothing" },
    imagesPerUpdate: null,
    update: () => ({}),
    release: () => undefined,
    state: () => null,
    restore: () => undefined,
  };
}

/**
 * Binds a few-shot classifier to the training and validation splits.
 *
 * @param asked what is to be done to training images
 */
export function fewShotLearning(
  learner: FewShotLearner,
  data: TrainingImages,
  protocol: FewShotClassificationProtocol,
  seed: number,
  asked: TrainingOptions = {},
): Learning {
  const { images, labels, classNames } = data.splits.validation;
  const reader = imageReader(images, data.image, data.normalisation);
  const { validationWays: ways, shots, queries, validationEpisodes } = protocol;
  const validation =
    learner.trainsOn === "nothing"
      ? []
      : frozenEpisodes(
          classIndex(labels, classNames.length),
          { ways, shots, queries },
          validationEpisodes,
          streamPath(protocol, "validation", "episodes"),
        );

  const positions = Uint32Array.from(
    new Set(validation.flatMap(({ support, query }) => [...support, ...query])),
  ).sort();
  /** What validation episodes are made of, under the parameters of this moment. */
  const inputs = () =>
    learner.adaptsOn === "images"
      ? { at: reader.at, release: () => undefined }
      : embeddedImages(inputsOf(learner, reader), positions);

  const training = batches(learner, data, streamPath(protocol, "train", String(seed)), asked);
  return {
    learner,
    ...training,
    release() {
      training.release();
      reader.release();
    },
    validate() {
      let right = 0;
      const { at: inputsAt, release } = inputs();
      try {
        for (const episode of validation) {
          const predicted = adaptOnce(learner, inputsAt, episode, ways, shots);
          for (const [at, label] of episode.queryLabels.entries()) if (predicted[at] === label) right += 1;
        }
      } finally {
        release();
      }
      const accuracy = right / (validation.length * ways * queries);
      return { metrics: { accuracy }, score: accuracy };
    },
  };
}
