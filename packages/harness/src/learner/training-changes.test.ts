import type {
  Episode,
  FewShotLearner,
  LabelledSet,
  MultiTaskBatch,
  MultiTaskLearner,
  TrainingOptions,
} from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { scalar, zeros } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../backend/index.ts";
import { fewShotLearning } from "./few-shot-learning.ts";
import { multiTaskLearning } from "./multi-task-learning.ts";
import type { Learning } from "./learning.ts";
import { inScope } from "./scope.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

/** Sixty images of 8×8 in six classes, whose bytes are all different somewhere. */
const images = Uint8Array.from({ length: 60 * 64 }, (_, at) => (at * 37 + Math.floor(at / 64) * 11) % 256);
const split = {
  images,
  labels: Uint16Array.from({ length: 60 }, (_, at) => Math.floor(at / 10)),
  classNames: ["a", "b", "c", "d", "e", "f"],
};
const data = {
  image: [8, 8, 1] as const,
  normalisation: { mean: [0], deviation: [1] },
  splits: { train: split, validation: split },
};
const protocol = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");
if (protocol.kind !== "few-shot-classification") throw new Error("It is of another kind.");
const short = { ...protocol, queries: 2, validationEpisodes: 2 };

/** What a learner was given: images, labels, and what they were mixed with. */
interface Seen {
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly others: readonly number[] | undefined;
  readonly share: number | undefined;
}
const look = (set: LabelledSet): Seen => {
  const { mixed } = set;
  return {
    inputs: [...set.inputs.dataSync()],
    labels: [...set.labels.dataSync()],
    others: mixed && [...mixed.labels.dataSync()],
    share: mixed?.share,
  };
};

function learner(on: "episodes" | "labelled-images", heedless = false) {
  const trained: Seen[] = [];
  const asked: number[][] = [];
  const see = (set: LabelledSet) => void (heedless || trained.push(look(set)));
  const adapting = {
    parameters: {},
    state: {},
    adaptsOn: "images",
    adaptationSteps: 0,
    *adapt({ ways }) {
      yield {
        predict: (inputs) => {
          asked.push([...inputs.dataSync()]);
          return zeros([inputs.shape[0], ways]);
        },
      };
    },
  } satisfies Partial<FewShotLearner>;
  const done = () => ({ loss: scalar(0) });
  const made: FewShotLearner =
    on === "episodes"
      ? {
          ...adapting,
          trainsOn: on,
          episodes: { ways: 3, shots: 1, queries: 2, perUpdate: 2 },
          train(batch: readonly Episode[]) {
            for (const { support, query } of batch) for (const set of [support, query]) see(set);
            return done();
          },
        }
      : {
          ...adapting,
          trainsOn: on,
          batchSize: 8,
          train(batch: LabelledSet) {
            see(batch);
            return done();
          },
        };
  return { learner: made, trained, asked };
}

function run(on: "episodes" | "labelled-images", asked: TrainingOptions, updates = 3) {
  const { learner: made, trained, asked: validated } = learner(on);
  const learning = fewShotLearning(made, data, short, 0, asked);
  update(learning, updates);
  inScope(() => learning.validate());
  return { learning, trained, validated };
}

function update(learning: Learning, times: number) {
  for (let time = 0; time < times; time += 1) inScope(() => void learning.update());
}

const everything: TrainingOptions = { augmentation: ["flip", "crop", "rotate", "scale"], mixup: 0.4 };

describe.each(["episodes", "labelled-images"] as const)("training on %s", (on) => {
  it("draws the same batches whatever is done to their images", () => {
    const plain = run(on, {}).trained;
    const { trained } = run(on, everything);
    expect(trained.map(({ labels }) => labels)).toEqual(plain.map(({ labels }) => labels));
    expect(trained.map(({ inputs }) => inputs.length)).toEqual(plain.map(({ inputs }) => inputs.length));
    for (const [at, { inputs }] of trained.entries()) expect(inputs).not.toEqual(plain[at]?.inputs);
  });

  it("never changes images of the validation split", () => {
    expect(run(on, everything).validated).toEqual(run(on, {}).validated);
  });

  it("goes on from its state as if there had been no interruption", () => {
    const whole = run(on, everything, 5).trained;
    const { learning, trained } = run(on, everything, 2);
    const state: unknown = JSON.parse(JSON.stringify(learning.state()));
    const second = learner(on);
    const resumed = fewShotLearning(second.learner, data, short, 0, everything);
    resumed.restore(state as ReturnType<Learning["state"]>);
    update(resumed, 3);
    expect([...trained, ...second.trained]).toEqual(whole);
  });

  it("keeps the state that it always had where nothing is asked for", () => {
    const state = run(on, { clipNorm: 1, earlyStopping: 2 }).learning.state();
    expect(state).toEqual(run(on, {}).learning.state());
    expect(Object.keys(state as object)).not.toContain("streams");
  });

  it("is refused mixup where the learner knows nothing of it", () => {
    const { learner: made } = learner(on, true);
    const learning = fewShotLearning(made, data, short, 0, { mixup: 1 });
    expect(() => {
      update(learning, 1);
    }).toThrow(expect.objectContaining({ code: "invalid-options", message: expect.stringMatching(/mixup/) }));
  });
});

describe("mixup", () => {
  it("mixes the queries of each episode among themselves, with one λ an update, and no support image", () => {
    const plain = run("episodes", {}, 1).trained;
    const { trained } = run("episodes", { mixup: 1 }, 1);
    const shares = new Set<number | undefined>();
    for (const [at, { inputs, labels, others, share }] of trained.entries()) {
      const before = plain[at]?.inputs ?? [];
      if (at % 2 === 0) {
        expect([inputs, others]).toEqual([before, undefined]);
        continue;
      }
      shares.add(share);
      const picture = (of: readonly number[], index: number) => of.slice(index * 64, (index + 1) * 64);
      for (const index of labels.keys()) {
        // One of the other queries, with its own label, explains the mixed image.
        const partner = [...labels.keys()].find((other) =>
          picture(inputs, index).every(
            (value, pixel) =>
              Math.abs(
                value -
                  (share ?? NaN) * (picture(before, index)[pixel] ?? NaN) -
                  (1 - (share ?? NaN)) * (picture(before, other)[pixel] ?? NaN),
              ) < 1e-5,
          ),
        );
        expect(others?.[index]).toBe(labels[partner ?? -1]);
      }
    }
    expect(shares.size).toBe(1);
  });

  it("gives multi-task learners the targets of the others, of every task alike", () => {
    const protocol = findProtocol("multi-task/multi-mnist").at("quick");
    if (protocol.kind !== "multi-task") throw new Error("It is of another kind.");
    const targets = {
      one: Uint8Array.from({ length: 60 }, (_, at) => at),
      two: Uint8Array.from({ length: 60 }, (_, at) => 200 - at),
    };
    const tasks = [
      { id: "one", kind: "classification", classes: 60 },
      { id: "two", kind: "classification", classes: 201 },
    ] as const;
    const seen: [number[], number[], number[], number[]][] = [];
    const made: MultiTaskLearner = {
      parameters: {},
      state: {},
      batchSize: 8,
      train({ targets: own, mixed }: MultiTaskBatch) {
        const of = (from: MultiTaskBatch["targets"] | undefined, task: string) => [
          ...(from?.[task]?.dataSync() ?? []),
        ];
        const others = mixed?.targets;
        seen.push([of(own, "one"), of(own, "two"), of(others, "one"), of(others, "two")]);
        return { one: scalar(0) };
      },
      predict: (_, inputs) => zeros([inputs.shape[0], 201]),
    };
    const images = { image: [8, 8, 1] as const, normalisation: data.normalisation, tasks };
    const splits = {
      train: { images: split.images, targets },
      validation: { images: split.images, targets },
    };
    const learning = multiTaskLearning(made, { ...images, splits }, protocol, 0, null, { mixup: 1 });
    update(learning, 2);
    for (const [one, two, otherOne, otherTwo] of seen) {
      expect(two).toEqual(one.map((value) => 200 - value));
      expect(otherTwo).toEqual(otherOne.map((value) => 200 - value));
      expect([...otherOne].sort((a, b) => a - b)).toEqual([...one].sort((a, b) => a - b));
    }
    expect(seen[0]).not.toEqual(seen[1]);
  });
});
