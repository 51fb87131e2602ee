import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { metabench, recordsIn, start, workingFolder } from "./command-line.test-support.ts";
import { plugins, regressor } from "./regression-plugin.test-support.ts";

// Each training leaves a line in a file beside the module; the pause keeps it going while the other run looks for work.
const noted = (id: string) =>
  regressor(id, {
    train: `if (step === 1) appendFileSync(new URL("./trained.txt", import.meta.url), "${id}\\n");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);`,
  });
const ids = ["first", "second"];
const run = (order: readonly string[]) =>
  "run --protocol few-shot/sinusoid/10-shot --plugin ./noted.ts --budget 1000000 --episodes 3 --jobs 1 --store shared --json " +
  order.map((id) => `--algorithm ${id}`).join(" ");

const outcomes = (out: unknown) =>
  (JSON.parse(String(out)) as { trials: { algorithm: string; status: string }[] }).trials.map(
    ({ algorithm, status }) => [algorithm, status],
  );

it("two runs on one store, in opposite order, share the work: each trial is trained once and has one record", async () => {
  const folder = workingFolder({
    "noted.ts": `import { appendFileSync } from "node:fs";\n${plugins(...ids.map(noted))}`,
    "trained.txt": "",
  });
  const trained = () => readFileSync(join(folder, "trained.txt"), "utf8").trim().split("\n").sort();
  const forwards = start(folder, run(ids));
  const backwards = start(folder, run(ids.toReversed()));
  const [one, other] = await Promise.all([forwards, backwards]);
  expect(one.exitCode, one.stderr).toBe(0);
  expect(other.exitCode, other.stderr).toBe(0);
  expect(outcomes(one.stdout)).toEqual(ids.map((id) => [id, "completed"]));
  expect(outcomes(other.stdout)).toEqual(ids.toReversed().map((id) => [id, "completed"]));

  const store = join(folder, "shared");
  expect(readdirSync(store).filter((name) => name.endsWith(".json"))).toHaveLength(ids.length);
  const records = recordsIn(store);
  for (const id of ids)
    expect(records.get(id), id).toMatchObject({ status: "completed", cost: { resumed: 0 } });
  expect(trained()).toEqual(ids);
  expect(readdirSync(join(store, ".work"))).toEqual([]);

  const { code, note } = await metabench(folder, run(ids));
  expect(code, note).toBe(0);
  expect(note).toMatch(/2 trials, 2 done; nothing to run/);
});

it("two runs on one store, in the same order, each train what the other is not training", async () => {
  const four = ["first", "second", "third", "fourth"];
  const folder = workingFolder({
    "noted.ts": `import { appendFileSync } from "node:fs";\n${plugins(
      ...four.map((id) =>
        regressor(id, {
          train: `if (step === 1) appendFileSync(new URL("./trained.txt", import.meta.url), "${id} " + process.ppid + "\\n");
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);`,
        }),
      ),
    )}`,
    "trained.txt": "",
  });
  const runs = await Promise.all([start(folder, run(four)), start(folder, run(four))]);
  for (const { exitCode, stderr } of runs) expect(exitCode, stderr).toBe(0);
  const trained = readFileSync(join(folder, "trained.txt"), "utf8").trim().split("\n");
  expect(trained.map((line) => line.split(" ")[0]).sort()).toEqual(four.toSorted());
  const byProcess = Map.groupBy(trained, (line) => line.split(" ")[1]);
  expect(byProcess.size, trained.join("\n")).toBe(2);
  expect(readdirSync(join(folder, "shared", ".work"))).toEqual([]);
});

it("a run that is interrupted gives its claim back", async () => {
  const folder = workingFolder({
    "noted.ts": `import { appendFileSync } from "node:fs";\n${plugins(noted("first"))}`,
    "trained.txt": "",
  });
  const running = start(folder, run(["first"]));
  const file = join(folder, "trained.txt");
  await expect.poll(() => readFileSync(file, "utf8"), { timeout: 60_000 }).toContain("first");
  running.kill("SIGTERM");
  const { exitCode, stderr } = await running;
  expect(exitCode, stderr).toBe(130);
  const left = readdirSync(join(folder, "shared", ".work"));
  expect(left.filter((name) => /\.(lock|owner\.json|gate)$/.test(name))).toEqual([]);
});
