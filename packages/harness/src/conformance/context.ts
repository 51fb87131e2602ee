import type { Backbone, LearnerContext } from "@metabench/core";
import { trackedRandom, type TrackedRandom } from "../learner/index.ts";

/** The training budget that a learner sees; checks run only a few updates. */
const images = 100_000;

/** What every learner is made with: streams of a seed, a signal of its own, a quiet log. */
export function tinyContext(
  backbone: Backbone,
  seed: number,
): { readonly context: LearnerContext; readonly streams: TrackedRandom; abort(): void } {
  const streams = trackedRandom(`conformance/learner/${String(seed)}`);
  const controller = new AbortController();
  return {
    context: {
      random: streams.random,
      signal: controller.signal,
      log: { info: () => undefined, warn: () => undefined },
      backbone,
      budget: { examples: images, images },
      training: {},
    },
    streams,
    abort: () => {
      controller.abort();
    },
  };
}
