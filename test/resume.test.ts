import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reproducible } from "@metabench/core";
import { beforeEach, describe, expect, it } from "vitest";
import { metabench, recordOf, start, workingFolder } from "./command-line.test-support.ts";
import { childrenOf, killAtOnce, lives, until, untilWork } from "./processes.test-support.ts";
import { plugins, regressor } from "./regression-plugin.test-support.ts";

// 5000 points an update: three looks at the validation split, each after a hundred updates, and a checkpoint at each look. The
// pause makes training long enough to be interrupted between them on any machine.
const slowly = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);";
const run =
  "run --protocol few-shot/sinusoid/5-shot --plugin ./slow.ts --algorithm slow --budget 1500000 --episodes 5 --store";

let folder: string;
beforeEach(() => {
  folder = workingFolder({ "slow.ts": plugins(regressor("slow", { train: slowly })) });
});

const record = (store: string) => recordOf(join(folder, store), "slow");

/** The record of a run that nothing interrupts. */
async function uninterrupted() {
  const { code, note } = await metabench(folder, `${run} whole`);
  expect(code, note).toBe(0);
  return record("whole");
}

/** The work folders of a store. */
const workOf = (store: string) => {
  const work = join(folder, store, ".work");
  return readdirSync(work)
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .map((name) => join(work, name));
};

async function again(store: string) {
  const { code, note } = await metabench(folder, `${run} ${store}`);
  expect(code, note).toBe(0);
  expect(readdirSync(join(folder, store, ".work"))).toEqual([]);
  return { record: record(store), note };
}

describe("the same trial", () => {
  it("has the same record again, but for its cost and where it ran", async () => {
    const two = ["one", "two"].map(() => workingFolder());
    for (const place of two) {
      const { code, note } = await metabench(
        place,
        "run --protocol few-shot/double-mnist-28/5w1s --algorithm prototypical-networks --budget 600 --episodes 2 --store kept",
      );
      expect(code, note).toBe(0);
    }
    for (const algorithm of ["from-scratch", "prototypical-networks"]) {
      const [one, other] = two.map((place) => recordOf(join(place, "kept"), algorithm));
      expect(one?.status).toBe("completed");
      expect(one && reproducible(one)).toEqual(other && reproducible(other));
    }
  });
});

describe("an interrupted run", () => {
  it("goes on from its checkpoint after all of it was killed in training, to the same record", async () => {
    const whole = await uninterrupted();
    expect(whole.trainingCurve.map(({ images }) => images)).toEqual([0, 500_000, 1_000_000, 1_500_000]);
    expect(whole.cost.resumed).toBe(0);

    const killed = start(folder, `${run} killed`);
    await untilWork(join(folder, "killed"), "checkpoint.bin");
    killAtOnce(killed.pid, ...(await childrenOf(killed.pid)));
    await killed;
    expect(() => record("killed")).toThrow(/no record/);

    const { record: resumed, note: said } = await again("killed");
    expect(said).toMatch(/1 to be continued/);
    expect(resumed.cost.resumed).toBe(1);
    expect(reproducible(resumed)).toEqual(reproducible(whole));

    const learned = start(folder, `${run} learned`);
    await untilWork(join(folder, "learned"), "outcome.json");
    killAtOnce(learned.pid, ...(await childrenOf(learned.pid)));
    await learned;
    const [work = ""] = workOf("learned");
    renameSync(join(work, "parameters.bin"), join(work, "away"));
    const { code, note } = await metabench(folder, `${run} learned`);
    expect(code, note).toBe(3);
    expect(note).toMatch(/store-failed.*parameters\.bin is missing.*Delete the folder .* repeat the command/);
    renameSync(join(work, "away"), join(work, "parameters.bin"));
    const timed = (await again("learned")).record;
    expect(timed.cost.resumed, "it is timed, not trained again").toBe(0);
    expect(timed.cost.prediction?.medianMs).toBeGreaterThan(0);
    expect(reproducible(timed)).toEqual(reproducible(whole));
  });

  it("goes on with --retry-failed where a time limit ended it, to the record that no limit would have changed", async () => {
    const stuck = 'if (step === 150 && !process.getBuiltinModule("node:fs").existsSync("let-go")) for (;;);';
    const place = workingFolder({ "slow.ts": plugins(regressor("slow", { train: stuck })) });
    const limited = await metabench(place, `${run} kept --time-limit 0.5`);
    expect(limited.code, limited.note).toBe(1);
    expect(recordOf(join(place, "kept"), "slow")).toMatchObject({
      status: "timed-out",
      error: { message: expect.stringMatching(/--retry-failed/) },
    });
    writeFileSync(join(place, "let-go"), "");
    const { code, note } = await metabench(place, `${run} kept --retry-failed`);
    expect(code, note).toBe(0);
    expect(note).toMatch(/1 to be continued/);
    const resumed = recordOf(join(place, "kept"), "slow");
    expect(resumed).toMatchObject({ status: "completed", cost: { resumed: 1 } });
    const whole = await metabench(place, `${run} whole`);
    expect(whole.code, whole.note).toBe(0);
    expect(reproducible(resumed)).toEqual(reproducible(recordOf(join(place, "whole"), "slow")));
    expect(readdirSync(join(place, "kept", ".work"))).toEqual([]);
  });

  it("ends in 3 where the disk does not take its work, blames no trial, and goes on once it does", async () => {
    const full = start(folder, `${run} full`);
    await untilWork(join(folder, "full"), "checkpoint.bin");
    const [work = ""] = workOf("full");
    mkdirSync(join(work, "parameters.bin"));
    const { exitCode, stderr } = await full;
    expect(exitCode, stderr).toBe(3);
    expect(stderr).toMatch(
      /store-failed.*parameters\.bin cannot be written.*Check the disk, then start again/,
    );
    expect(() => record("full")).toThrow(/no record/);
    rmdirSync(join(work, "parameters.bin"));
    expect((await again("full")).record).toMatchObject({ status: "completed", cost: { resumed: 1 } });
  });

  it("goes on with --retry-failed where a crash ended it", async () => {
    const crash =
      'if (step === 150 && !process.getBuiltinModule("node:fs").existsSync("mended")) process.abort();';
    const place = workingFolder({ "slow.ts": plugins(regressor("slow", { train: crash })) });
    const crashed = await metabench(place, `${run} kept`);
    expect(crashed.code, crashed.note).toBe(1);
    expect(recordOf(join(place, "kept"), "slow")).toMatchObject({ status: "failed" });
    writeFileSync(join(place, "mended"), "");
    const { code, note } = await metabench(place, `${run} kept --retry-failed`);
    expect(code, note).toBe(0);
    expect(recordOf(join(place, "kept"), "slow")).toMatchObject({
      status: "completed",
      cost: { resumed: 1 },
    });
    expect(readdirSync(join(place, "kept", ".work"))).toEqual([]);
  });

  it("ends in 130 on Ctrl-C, says how to go on, and goes on", async () => {
    const stopped = start(folder, `${run} stopped`);
    await untilWork(join(folder, "stopped"), "checkpoint.bin");
    const children = await childrenOf(stopped.pid);
    expect(children).toHaveLength(1);
    // As a terminal does: to the command and to all that it has started.
    for (const pid of [stopped.pid, ...children]) if (pid !== undefined) process.kill(pid, "SIGINT");
    const { exitCode, stderr } = await stopped;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/Nothing is lost: repeat the command/);
    await until(async () => !(await lives(children[0] ?? 0)), "the trial's process ends");
    expect((await again("stopped")).record.cost.resumed).toBe(1);
  });

  it("leaves no process behind when the command alone is killed", async () => {
    // Minutes of training are left: it does not end because it is done.
    const long = `${run.replace("--budget 1500000", "--budget 60000000")} orphaned`;
    const killed = start(folder, long);
    await untilWork(join(folder, "orphaned"), "checkpoint.bin");
    const children = await childrenOf(killed.pid);
    expect(children).toHaveLength(1);
    killAtOnce(killed.pid);
    await killed;
    await until(async () => !(await lives(children[0] ?? 0)), "the orphan ends by itself");
    expect((await metabench(folder, `${long} --dry-run`)).out).toMatch(/1 to be continued/);
  });
});

describe("a trial whose run was killed", () => {
  it("ends soon after, although an update keeps its event loop busy", async () => {
    const busy = workingFolder({
      "slow.ts": `import { appendFileSync } from "node:fs";\n${plugins(
        regressor("slow", {
          train: `appendFileSync(new URL("./busy.txt", import.meta.url), ".");
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600_000);`,
        }),
      )}`,
    });
    const running = start(busy, `${run} killed`);
    await until(() => existsSync(join(busy, "busy.txt")), "training begins");
    const children = await childrenOf(running.pid);
    killAtOnce(running.pid);
    await running;
    await until(async () => (await Promise.all(children.map(lives))).every((one) => !one), "the trial's end");
  });
});
