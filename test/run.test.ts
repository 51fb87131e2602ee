import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { metabench, recordOf, recordsIn, workingFolder } from "./command-line.test-support.ts";
import { plugins, regressor } from "./regression-plugin.test-support.ts";

const json = (text: string) => JSON.parse(text) as { trials: Record<string, unknown>[] };

describe("metabench run", () => {
  it("runs few-shot classification with the reference that it adds, and does nothing the second time", async () => {
    const folder = workingFolder();
    const command =
      "run --protocol few-shot/double-mnist-28/5w1s --algorithm prototypical-networks --budget 1000 --episodes 3 --tried 4 --store kept";
    const first = await metabench(folder, `${command} --json`);
    expect(first.code, first.note).toBe(0);
    expect(json(first.out).trials).toMatchObject([
      { algorithm: "from-scratch", addedAsReference: true, status: "completed", error: null },
      { algorithm: "prototypical-networks", addedAsReference: false, status: "completed", error: null },
    ]);
    expect(first.note).toMatch(/Plan: 2 trials, 0 done, 1 added as reference/);

    const record = recordOf(join(folder, "kept"), "prototypical-networks");
    if (record.status !== "completed" || record.result.kind !== "few-shot-classification")
      throw new Error("It did not complete.");
    expect(record.spec.protocol).toMatchObject({
      division: "open",
      testEpisodes: 3,
      budget: { images: 1000 },
    });
    // Declared for what was asked for, not for the reference.
    expect(record.triedSettings).toBe(4);
    expect(recordOf(join(folder, "kept"), "from-scratch")).toMatchObject({ triedSettings: 1 });
    expect(record.result).toMatchObject({
      queriesPerEpisode: 75,
      steps: [0],
      oneShot: true,
      transductive: false,
    });
    expect(record.result.correct.map((step) => step.length)).toEqual([3]);
    const [right = []] = record.result.correct;
    expect(record.metrics[0]).toMatchObject({
      name: "accuracy",
      count: 3,
      value: expect.closeTo(right.reduce((sum, one) => sum + one / 75, 0) / 3, 12),
    });
    // 20 ways of 1 shot and 5 queries are 120 images an update, of which 8 are within the budget.
    expect(record.trainingCurve.map(({ images, updates }) => [images, updates])).toEqual([
      [0, 0],
      [960, 8],
    ]);
    expect(record.cost.adaptation?.medianMs).toBeGreaterThan(0);
    expect(record.provenance.command).toContain("--budget 1000 --episodes 3");
    expect(readdirSync(join(folder, "kept")).filter((name) => name.endsWith(".json"))).toHaveLength(2);

    const again = await metabench(folder, command);
    expect(again.code).toBe(0);
    expect(again.note).toMatch(/2 trials, 2 done; nothing to run/);
    expect(again.out).toContain("negative transfer");
    expect(recordOf(join(folder, "kept"), "prototypical-networks")).toEqual(record);
  });

  it("runs regression", async () => {
    const folder = workingFolder();
    const { code, out, note } = await metabench(
      folder,
      "run --protocol few-shot/sinusoid/5-shot --algorithm maml --algorithm oracle --budget 2000 --episodes 4 --store kept --json",
    );
    expect(code, note).toBe(0);
    expect(json(out).trials.map(({ algorithm, status }) => [algorithm, status])).toEqual([
      ["maml", "completed"],
      ["oracle", "completed"],
    ]);
    // The oracle fits amplitude and phase: what is left is rounding. Five points of a noiseless sine wave determine it.
    expect(recordOf(join(folder, "kept"), "oracle")).toMatchObject({
      metrics: [{ name: "mean squared error", value: expect.closeTo(0, 3) }],
    });
    expect(recordOf(join(folder, "kept"), "maml")).toMatchObject({
      result: { oneShot: false, steps: expect.arrayContaining([0, 1, 10]), queriesPerEpisode: 100 },
    });
  });

  it("runs multi-task learning against the single-task reference, selected against it", async () => {
    const folder = workingFolder();
    const { code, out, note } = await metabench(
      folder,
      "run --protocol multi-task/multi-mnist --algorithm hard-sharing --budget 1024 --store kept",
    );
    expect(code, note).toBe(0);
    expect(out).toMatch(/negative transfer/);
    const [reference, shared] = ["single-task", "hard-sharing"].map((id) =>
      recordOf(join(folder, "kept"), id),
    );
    expect(shared?.spec.reference).toBe(reference?.identity);
    if (shared?.status !== "completed" || reference?.status !== "completed") throw new Error("One failed.");
    const point = shared.trainingCurve[shared.selected ?? -1];
    const held = reference.trainingCurve[reference.selected ?? -1]?.validation ?? {};
    const relative = Object.entries(held).map(([id, r]) => ((point?.validation[id] ?? NaN) - r) / r);
    expect(relative).toHaveLength(2);
    expect(point?.score).toBeCloseTo(relative.reduce((sum, one) => sum + one, 0) / 2, 12);
  });
});

describe("an algorithm that fails", () => {
  it("has a record that says how and what to do, ends the run in 1, and spoils no other trial", async () => {
    const folder = workingFolder({
      "failing.ts": plugins(
        regressor("throws", { train: 'throw new Error("The moon is full.");' }),
        regressor("diverges", { train: "if (step === 3) return { loss: tf.scalar(NaN) };" }),
        regressor("wrong-shape", { predict: "return tf.zeros([inputs.shape[0], 7]);" }),
        regressor("forgets", { create: 'tf.variable(tf.zeros([3]), true, "forgotten");' }),
        regressor("forgets-late", {
          train: 'if (step === 1) tf.variable(tf.zeros([3]), true, "forgotten");',
        }),
        regressor("leaves", { train: "process.exit(0);" }),
        regressor("crashes", { train: 'log.info("Half way"); process.exit(7);' }),
        regressor("babbles", { train: 'process.send({ type: "accuracy", value: 1 });' }),
        regressor("chats", { train: 'if (step < 3) log.info("x".repeat(900_000));' }),
        regressor("the-mean"),
      ),
    });
    const { code, out, note } = await metabench(
      folder,
      "run --protocol few-shot/sinusoid/5-shot --plugin ./failing.ts --budget 20000 --episodes 2 --store kept --json " +
        "--algorithm throws --algorithm diverges --algorithm wrong-shape --algorithm forgets --algorithm forgets-late " +
        "--algorithm leaves --algorithm crashes --algorithm babbles --algorithm chats --algorithm the-mean",
    );
    expect(code, note).toBe(1);
    const outcomes = new Map(json(out).trials.map((trial) => [trial["algorithm"], trial]));
    const records = recordsIn(join(folder, "kept"));
    const unfinished = [
      ["throws", "failed", "trial-failed", /The moon is full/],
      ["diverges", "invalid", "not-finite", /"loss" became NaN at update 3.*Lower the learning rate/],
      ["wrong-shape", "invalid", "contract-broken", /shape \[100, 7\] .* return outputs \[100, 1\]/],
      [
        "forgets",
        "invalid",
        "contract-broken",
        /forgotten.*neither parameters nor state; make them in create/,
      ],
      ["forgets-late", "invalid", "contract-broken", /forgotten.*neither parameters nor state/],
      ["leaves", "failed", "trial-failed", /ended before its work was done\. Remove process\.exit/],
      ["crashes", "failed", "trial-failed", /exit code 7.*log.*--retry-failed/],
      ["babbles", "invalid", "contract-broken", /unknown message.*Remove process\.send\(\)/],
    ] as const;
    for (const [id, status, errorCode, says] of unfinished) {
      expect(outcomes.get(id), id).toMatchObject({ status, error: { code: errorCode } });
      const record = records.get(id);
      expect(record, id).toMatchObject({
        status,
        error: { code: errorCode, message: expect.stringMatching(says) },
      });
    }
    expect(records.get("crashes")).toMatchObject({ error: { log: expect.stringContaining("Half way") } });
    expect(records.get("the-mean")).toMatchObject({ status: "completed" });
    expect(records.get("chats"), "much output does no harm").toMatchObject({ status: "completed" });
    expect(note).toMatch(
      /8 of 10 trials did not complete; their records in .*kept give the reasons.*--retry-failed/,
    );
    expect(readdirSync(join(folder, "kept", ".work")), "nothing is left behind").toEqual([]);

    const plans = ["", "--retry-failed", "--force"].map(async (flag) => {
      const planned = await metabench(
        folder,
        "run --protocol few-shot/sinusoid/5-shot --plugin ./failing.ts --budget 20000 --episodes 2 --store kept --dry-run --json " +
          `--algorithm throws --algorithm the-mean ${flag}`.trim(),
      );
      return json(planned.out).trials.map(({ state }) => state);
    });
    expect(await Promise.all(plans)).toEqual([
      ["done", "done"],
      ["new", "done"],
      ["new", "new"],
    ]);
  });
});
