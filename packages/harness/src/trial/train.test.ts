import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomStream } from "@metabench/core";
import { add, engine, scalar, tensor1d, variable } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startBackend } from "../backend/index.ts";
import { inScope, trackedRandom, type Learning } from "../learner/index.ts";
import { checkpointFile, parametersFile, readCheckpoint } from "../work-folder/index.ts";
import { train } from "./train.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

const forgetVariables = () => {
  for (const one of Object.values(engine().registeredVariables)) one.dispose();
};
afterEach(forgetVariables);

const workFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "metabench-train-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
};

interface Fake {
  readonly learning: Learning;
  readonly weights: () => number[];
  readonly random: ReturnType<typeof trackedRandom>;
}

/** A walk at random: batches, noise of the plugin's own and a counter move two weights. The walk before is forgotten, as in a new process. */
function walk({
  imagesPerUpdate = 10 as number | null,
  scores = [] as readonly number[],
  loss = undefined as ((step: number) => number) | undefined,
  endsAt = Infinity,
} = {}): Fake {
  forgetVariables();
  const random = trackedRandom("test/walk");
  const noise = random.random.fork("noise");
  const batches = randomStream("test/batches");
  random.seal();
  const { weights, steps } = inScope(() => ({
    weights: variable(tensor1d([0, 0])),
    steps: variable(scalar(0, "int32"), true, "steps", "int32"),
  }));
  let updates = 0;
  let looks = 0;
  const learning: Learning = {
    learner: { parameters: { weights }, state: { steps } },
    training:
      imagesPerUpdate === null ? { on: "nothing" } : { on: "labelled-images", batchSize: imagesPerUpdate },
    imagesPerUpdate,
    update() {
      const count = steps.dataSync()[0] ?? 0;
      if (updates === endsAt) throw new Error("The power went.");
      updates += 1;
      const move = tensor1d([batches.approximateNormal(), noise.approximateNormal()]);
      weights.assign(add(weights, move));
      steps.assign(scalar(count + 1, "int32"));
      return { loss: scalar(loss?.(count + 1) ?? 1) };
    },
    validate() {
      const score = scores[looks] ?? weights.dataSync()[0] ?? NaN;
      looks += 1;
      return { metrics: { score }, score };
    },
    release: () => undefined,
    state: () => [...batches.state()],
    restore: (state) => {
      batches.restore(state as readonly number[]);
    },
  };
  return { learning, weights: () => [...weights.dataSync()], random };
}

const run = (
  fake: Fake,
  folder: string,
  images: number,
  validateEvery: number,
  { backend = "a backend", ...asked }: { backend?: string; earlyStopping?: number } = {},
) =>
  train(
    fake.learning,
    { budget: { images, validateEvery }, ...asked },
    {
      workFolder: folder,
      backend,
      random: fake.random,
      report: () => Promise.resolve(),
    },
  );

const images = ({ curve }: { readonly curve: readonly { readonly images: number }[] }) =>
  curve.map((point) => point.images);

it("spends whole updates within the budget and looks at equal shares of it, first and last of all", async () => {
  // 105 images are ten updates of 10; looks are due after 35 and 70 images at the earliest, and at the end.
  const trained = await run(walk(), workFolder(), 105, 35);
  expect(trained).toMatchObject({ updates: 10, images: 100, resumed: 0 });
  expect(images(trained)).toEqual([0, 40, 70, 100]);
  expect(trained.curveSeconds).toHaveLength(4);
  expect(trained.curveSeconds).toEqual([...trained.curveSeconds].sort((a, b) => a - b));
});

it("keeps the parameters that did best, the earliest of equals, and leaves the learner with them", async () => {
  const folder = workFolder();
  const fake = walk({ scores: [0.1, 0.7, 0.7, 0.3] });
  const seen: number[][] = [];
  const { validate } = fake.learning;
  const learning = {
    ...fake.learning,
    validate: () => {
      seen.push(fake.weights());
      return validate();
    },
  };
  const trained = await run({ ...fake, learning }, folder, 30, 10);
  expect(trained.selected).toBe(1);
  expect(fake.weights()).toEqual(seen[1]);
  expect(seen[1]).not.toEqual(seen[2]);
  const stored = await readCheckpoint(folder, parametersFile);
  expect([...(stored?.snapshots["selected"]?.["weights"] ?? [])]).toEqual(seen[1]);
});

it("may find that the start was best", async () => {
  const fake = walk({ scores: [0.9, 0.1, 0.2] });
  expect((await run(fake, workFolder(), 20, 10)).selected).toBe(0);
  expect(fake.weights()).toEqual([0, 0]);
});

it("gives each point of the curve the mean loss since the point before", async () => {
  // Losses 1 … 6, looks after 3 and 6 updates: means 2 and 5.
  const { curve } = await run(walk({ loss: (step) => step }), workFolder(), 60, 30);
  expect(curve.map(({ losses }) => losses)).toEqual([{}, { loss: 2 }, { loss: 5 }]);
});

it.each([4, 5, 8, 9])(
  "goes on after an interruption at update %i as if there had been none",
  async (endsAt) => {
    const whole = walk();
    const uninterrupted = await run(whole, workFolder(), 120, 40);
    const weights = whole.weights();
    const folder = workFolder();
    await expect(run(walk({ endsAt }), folder, 120, 40)).rejects.toThrow("The power went.");
    const second = walk();
    const resumed = await run(second, folder, 120, 40);

    expect(resumed).toMatchObject({ updates: 12, images: 120, resumed: 1, selected: uninterrupted.selected });
    expect(resumed.curve).toEqual(uninterrupted.curve);
    expect(second.weights()).toEqual(weights);
  },
);

it("remembers over an interruption what did best before it", async () => {
  const folder = workFolder();
  // The start is best; the power goes after the look at update 4.
  await expect(run(walk({ scores: [0.9, 0.1], endsAt: 6 }), folder, 120, 40)).rejects.toThrow("power");
  const resumed = walk({ scores: [0.2, 0.3] });
  expect((await run(resumed, folder, 120, 40)).selected).toBe(0);
  expect(resumed.weights()).toEqual([0, 0]);
});

it("starts over, and says so, where the checkpoint is of another backend", async () => {
  const folder = workFolder();
  await expect(run(walk({ endsAt: 9 }), folder, 120, 40)).rejects.toThrow("power");
  const notes: string[] = [];
  const fresh = walk();
  const trained = await train(
    fresh.learning,
    { budget: { images: 120, validateEvery: 40 } },
    {
      workFolder: folder,
      backend: "another backend",
      random: fresh.random,
      report: (_, note) => Promise.resolve(void notes.push(note)),
    },
  );
  expect(trained).toMatchObject({ updates: 12, resumed: 0 });
  expect(notes[0]).toMatch(/started again.*a backend/);
});

it("counts every interruption", async () => {
  const folder = workFolder();
  for (const endsAt of [5, 5]) await expect(run(walk({ endsAt }), folder, 120, 40)).rejects.toThrow("power");
  expect((await run(walk(), folder, 120, 40)).resumed).toBe(2);
});

it("is over at once where it was over before", async () => {
  const folder = workFolder();
  const first = await run(walk(), folder, 40, 20);
  const second = walk({ endsAt: 0 });
  expect((await run(second, folder, 40, 20)).curve).toEqual(first.curve);
});

it("keeps the start of a learner that does not train", async () => {
  const folder = workFolder();
  const trained = await run(walk({ imagesPerUpdate: null }), folder, 40, 20);
  expect(trained).toMatchObject({ curve: [], updates: 0, images: 0, selected: null });
  expect((await readCheckpoint(folder, parametersFile))?.snapshots["selected"]).toBeDefined();
  expect(await readCheckpoint(folder, checkpointFile)).toBeNull();
});

it.each([NaN, Infinity])("ends where a loss becomes %s, naming loss and update", async (value) => {
  const diverging = walk({ loss: (step) => (step === 3 ? value : 1) });
  await expect(run(diverging, workFolder(), 100, 50)).rejects.toMatchObject({
    code: "not-finite",
    message: expect.stringContaining(`Loss "loss" became ${String(value)} at update 3`),
  });
});

it("refuses variables that appear in training and would be missing from the checkpoint", async () => {
  const fake = walk();
  const { update } = fake.learning;
  const learning = {
    ...fake.learning,
    update: () => {
      variable(scalar(0), true, "late");
      return update();
    },
  };
  await expect(run({ ...fake, learning }, workFolder(), 10, 10)).rejects.toMatchObject({
    code: "contract-broken",
    message: expect.stringMatching(/late \[\].*neither parameters nor state/),
  });
});

describe("early stopping", () => {
  it("ends training after so many looks in a row without gain, and keeps the best", async () => {
    // The second look is best; a gain between resets the count, an equal score is none.
    const fake = walk({ scores: [0.1, 0.5, 0.2, 0.7, 0.7, 0.6, 0.9] });
    const trained = await run(fake, workFolder(), 100, 10, { earlyStopping: 2 });
    expect(trained).toMatchObject({ updates: 5, images: 50, selected: 3, budgetUsed: 0.5 });
    expect(images(trained)).toEqual([0, 10, 20, 30, 40, 50]);
  });

  it("uses up the budget where looks go on gaining, and says so", async () => {
    const fake = walk({ scores: [0.1, 0.2, 0.3, 0.4] });
    const trained = await run(fake, workFolder(), 30, 10, { earlyStopping: 1 });
    expect(trained).toMatchObject({ updates: 3, selected: 3, budgetUsed: 1 });
  });

  it("says nothing of the budget where nobody asked, and of a learner that does not train", async () => {
    expect(await run(walk(), workFolder(), 30, 10)).not.toHaveProperty("budgetUsed");
    const untrained = walk({ imagesPerUpdate: null });
    expect(await run(untrained, workFolder(), 30, 10, { earlyStopping: 1 })).not.toHaveProperty("budgetUsed");
  });

  it.each([2, 3, 4, 5])("ends at the same look after an interruption at update %i", async (endsAt) => {
    const scores = [0.1, 0.5, 0.2, 0.3, 0.4, 0.45, 0.9];
    const whole = await run(walk({ scores }), workFolder(), 120, 20, { earlyStopping: 3 });
    const folder = workFolder();
    await expect(run(walk({ scores, endsAt }), folder, 120, 20, { earlyStopping: 3 })).rejects.toThrow(
      "The power went.",
    );
    const looked = Math.floor(endsAt / 2) + 1;
    const resumed = await run(walk({ scores: scores.slice(looked) }), folder, 120, 20, { earlyStopping: 3 });
    expect(resumed).toMatchObject({ updates: 8, selected: 1, budgetUsed: 8 / 12, resumed: 1 });
    expect(resumed.curve).toEqual(whole.curve);
  });

  it("is over at once where it had stopped before", async () => {
    const folder = workFolder();
    const scores = [0.5, 0.1, 0.2];
    const first = await run(walk({ scores }), folder, 100, 10, { earlyStopping: 2 });
    expect(first.updates).toBe(2);
    const again = await run(walk({ endsAt: 0 }), folder, 100, 10, { earlyStopping: 2 });
    expect(again.curve).toEqual(first.curve);
  });
});
