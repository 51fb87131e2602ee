import type { AnyAlgorithm } from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it, test } from "vitest";
import { brokenContract } from "./fixtures/broken-contract.test-support.ts";
import { brokenEncoders } from "./fixtures/broken-encoders.test-support.ts";
import { brokenMultiTask } from "./fixtures/broken-multi-task.test-support.ts";
import { brokenRegressors } from "./fixtures/broken-regressors.test-support.ts";
import { brokenSets } from "./fixtures/broken-sets.test-support.ts";
import { brokenState } from "./fixtures/broken-state.test-support.ts";
import { predicting } from "./fixtures/broken.test-support.ts";
import { checks } from "./checks/index.ts";
import { conformance } from "./conformance.ts";
import { encoderFixture } from "./fixtures/sound-encoder.test-support.ts";
import { multiTaskFixture } from "./fixtures/sound-multi-task.test-support.ts";
import { regressorFixture } from "./fixtures/sound-regressor.test-support.ts";
import { fixture, type Parts, type Sound } from "./fixtures/sound.test-support.ts";

/** What one check says of a plugin; undefined where it passes. */
async function said(plugin: AnyAlgorithm, name: string): Promise<string | undefined> {
  const check = conformance(plugin).find((one) => one.name === name);
  if (!check) throw new Error(`There is no check called ${name}.`);
  return check.run().then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
}

describe("a learner that keeps everything", () => {
  describe.each([
    ["episodes and adapts on images", fixture()],
    ["labelled images and adapts on embeddings", encoderFixture()],
    ["functions", regressorFixture()],
    ["several tasks", multiTaskFixture()],
  ])("learns from %s, and passes", (_, plugin) => {
    for (const { name, run } of conformance(plugin)) test(name, run);
  });

  it("may adapt over many steps without parameters", async () => {
    const withoutParameters = fixture(({ kernel }) => ({ parameters: {}, state: { kernel } }));
    expect(await said(withoutParameters, "answering-memory")).toBeUndefined();
  });

  it("may hold more from one step on, as statistics under the weights of the headline", async () => {
    const keeping = fixture(({ kernel, logits }) => ({
      adaptationSteps: 15,
      *adapt(support) {
        for (let step = 0; ; step += 1) {
          if (step === 15) tf.mul(kernel, 2);
          yield { predict: (images) => logits(support, images) };
        }
      },
    }));
    expect(await said(keeping, "answering-memory")).toBeUndefined();
  });

  it("leaves no variables to the process", async () => {
    const before = tf.memory().numTensors;
    for (const { run } of conformance(fixture())) await run();
    expect(tf.memory().numTensors).toBe(before);
  });
});

const broken = [...brokenContract, ...brokenState, ...brokenSets];

describe("a learner that breaks", () => {
  it.each([...broken, ...brokenEncoders, ...brokenRegressors, ...brokenMultiTask])(
    "%s, by %s",
    async (check, _, plugin, message) => {
      expect(await said(plugin, check)).toMatch(message);
    },
  );

  it("anything, is there for every check", () => {
    expect(new Set(broken.map(([check]) => check))).toEqual(new Set(checks.map(({ name }) => name)));
  });

  it("by throwing, is told where", async () => {
    const throwing = fixture(() => {
      throw new TypeError("No such thing.");
    });
    expect(await said(throwing, "shapes")).toMatch(
      /^The plugin threw TypeError: No such thing \(thrown in .*conformance\.test\.ts:\d+:\d+\); fix it there\.$/,
    );
  });
});

describe("what a learner says of itself", () => {
  const ordered = ({ learner }: Parts): Partial<Sound> => ({
    *adapt(support) {
      for (const { predict } of learner.adapt(support))
        yield {
          predict: (images) => {
            const own = tf.mean(tf.slice(support.inputs, [0, 0, 0, 0], [1, -1, -1, -1]));
            return tf.mul(predict(images), own) as tf.Tensor2D;
          },
        };
    },
  });

  it("counts: it may depend on the order of the support", async () => {
    expect(await said(fixture(ordered), "support-order")).toMatch(/dependsOn/);
    const saying = fixture((own) => ({ ...ordered(own), dependsOn: ["support-order"] }));
    expect(await said(saying, "support-order")).toBeUndefined();
  });

  it("counts: it may depend on the other queries", async () => {
    const transductive = predicting((logits) => tf.sub(logits, tf.mean(logits, 0)));
    const saying = fixture((own) => ({ ...transductive(own), dependsOn: ["other-queries"] }));
    expect(await said(saying, "queries-apart")).toBeUndefined();
  });

  it("may be that it ends by the signal's own error", async () => {
    const obeying = fixture(({ context, learner }) => ({
      train(batch) {
        context.signal.throwIfAborted();
        return learner.train(batch);
      },
    }));
    expect(await said(obeying, "abort")).toBeUndefined();
  });

  it("need not be exact about labels where each has random weights", async () => {
    const headed = fixture(({ context, logits }) => ({
      *adapt(support) {
        const draws = context.random.fork("head");
        const bias = tf.tensor1d(Array.from({ length: support.ways }, () => draws.approximateNormal()));
        for (;;) yield { predict: (images) => tf.add(logits(support, images), bias) as tf.Tensor2D };
      },
    }));
    expect(await said(headed, "label-order")).toBeUndefined();
  });
});
