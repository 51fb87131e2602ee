import {
  classIndex,
  episodeSampler,
  frozenEpisodes,
  randomStream,
  type EpisodeShape,
  type IndexEpisode,
} from "@metabench/core";
import { classLabels, imagesPerClass, randomImages } from "./random-images.ts";
import { countParameters, fewShotTrial } from "./trial.ts";
import type { Work } from "./work.ts";

/** 5-way 1-shot with 15 queries per class. */
export const shape: EpisodeShape = { ways: 5, shots: 1, queries: 15 };

/** Classes of the test split of Omniglot after Vinyals, and of all of Omniglot with every alphabet and rotation left out. */
const classes = { test: 423, all: 1692 } as const;

/** The episodes of the meta-test, the same on both sides. */
export const testEpisodes = (count: number): readonly IndexEpisode[] =>
  frozenEpisodes(classIndex(classLabels(classes.test), classes.test), shape, count, "bench/meta-test");

/** An episode as image positions class by class, each with its support first: the order of easyfsl's sampler. */
export function positionsByClass({ support, query, queryLabels }: IndexEpisode): number[] {
  const shots = support.length / shape.ways;
  return Array.from({ length: shape.ways }, (_, way) => [
    ...support.subarray(way * shots, (way + 1) * shots),
    ...query.filter((_position, at) => queryLabels[at] === way),
  ]).flat();
}

/** A trial's answer to its test with prototypical networks: every test image is encoded once, then come the episodes. Its number is the accuracy. */
export function metaTest(count: number): Work {
  const episodes = testEpisodes(count);
  const { conduct } = fewShotTrial("prototypical-networks", 1, {});
  const images = randomImages(classes.test * imagesPerClass, "test");
  return {
    parameters: countParameters(conduct.learner),
    units: 1,
    async run() {
      let right = 0;
      await conduct.answer({ type: "test", kind: "few-shot-classification", images, episodes }, (answers) => {
        const queries = shape.ways * shape.queries;
        if (answers.kind === "few-shot-classification")
          for (const [at, label] of answers.predictions.entries())
            right += Number(
              episodes[answers.from + Math.floor(at / queries)]?.queryLabels[at % queries] === label,
            );
        return Promise.resolve();
      });
      return right / (count * shape.ways * shape.queries);
    },
  };
}

/** Index episodes from classes and images as many as Omniglot has; its number is how many indices came. */
export function indexEpisodes(count: number): Work {
  const sample = episodeSampler(classIndex(classLabels(classes.all), classes.all), shape);
  const random = randomStream("bench/episodes");
  const queryRandom = randomStream("bench/queries");
  return {
    parameters: 0,
    units: count,
    run() {
      let indices = 0;
      for (let drawn = 0; drawn < count; drawn += 1) {
        const { support, query } = sample(random, queryRandom);
        indices += support.length + query.length;
      }
      return indices;
    },
  };
}
