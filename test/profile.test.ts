import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { metabench, workingFolder } from "./command-line.test-support.ts";
import { plugins, regressor } from "./regression-plugin.test-support.ts";

interface Phase {
  readonly phase: string;
  readonly repetitions: number;
  readonly milliseconds: number;
  readonly outsideMilliseconds: number;
  readonly operations: readonly {
    readonly operation: string;
    readonly calls: number;
    readonly milliseconds: number;
  }[];
}
interface Profile {
  readonly algorithm: string;
  readonly backend: { readonly backend: string } | null;
  readonly phases: readonly Phase[];
  readonly error: { readonly message: string } | null;
}

const trialsOf = (text: string) => (JSON.parse(text) as { trials: readonly Profile[] }).trials;
const storedIn = (folder: string) =>
  readdirSync(join(folder, "kept")).filter((name) => name !== ".gitignore");
const fewShot =
  "--protocol few-shot/double-mnist-28/5w1s --algorithm prototypical-networks --budget 1000 --episodes 3 --store kept";

describe("metabench run --profile", () => {
  it.each(["auto", "wasm"])(
    "times operations of each part of a trial and stores nothing: %s",
    async (backend) => {
      const folder = workingFolder();
      const { code, out, note } = await metabench(
        folder,
        `run ${fewShot} --algorithm pixel-centroids --profile --json --backend ${backend}`,
      );
      expect(code, note).toBe(0);
      const [trained, control, ...others] = trialsOf(out);
      expect(others, "the reference is not asked for").toEqual([]);
      // 8 updates of 120 images are within the budget; 5 of them go before those that are timed.
      expect(trained?.phases.map(({ phase, repetitions }) => [phase, repetitions])).toEqual([
        ["training", 3],
        ["validation", 1],
        ["testing", 3],
      ]);
      expect(
        control?.phases.map(({ phase }) => phase),
        "it does not train",
      ).toEqual(["testing"]);
      for (const { operations, milliseconds, outsideMilliseconds } of trained?.phases ?? []) {
        const forwards = operations.filter(({ operation }) => /Conv2D$/.test(operation));
        expect(forwards).toEqual([expect.objectContaining({ calls: expect.any(Number) as number })]);
        expect(forwards[0]?.calls).toBeGreaterThan(0);
        const inside = operations.reduce((sum, operation) => sum + operation.milliseconds, 0);
        expect(inside).toBeGreaterThan(0);
        expect(inside + outsideMilliseconds).toBeCloseTo(milliseconds, 6);
      }
      // Four blocks, forward once and backward once an update, on support and query together or apart.
      const [training] = trained?.phases ?? [];
      const gradients = training?.operations.find(({ operation }) => /Conv2DBackpropFilter/.test(operation));
      expect(gradients?.calls).toBeGreaterThanOrEqual(3 * 4);
      expect(storedIn(folder)).toEqual([]);
    },
  );

  it("prints tables for people, of a trial that is done too, whose record stays as it is", async () => {
    const folder = workingFolder();
    const sinusoids =
      "run --protocol few-shot/sinusoid/5-shot --algorithm maml --budget 500 --episodes 2 --store kept";
    expect((await metabench(folder, sinusoids)).code).toBe(0);
    const stored = storedIn(folder);
    const { code, out, note } = await metabench(folder, `${sinusoids} --profile`);
    expect(code, note).toBe(0);
    expect(out).toMatch(/training, \d+ updates?: .* ms/);
    expect(out).toMatch(/MatMul.* \d+ .* %/);
    expect(out).toMatch(/outside kernels/);
    expect(note).toContain("No record was written");
    expect(storedIn(folder)).toEqual(stored);
  });

  it("says of a trial that fails why, and goes on with the others", async () => {
    const folder = workingFolder({
      "failing.ts": plugins(
        regressor("throws", { train: 'throw new Error("The moon is full.");' }),
        regressor("the-mean"),
      ),
    });
    const { code, out } = await metabench(
      folder,
      "run --protocol few-shot/sinusoid/5-shot --plugin ./failing.ts --algorithm throws --algorithm the-mean --budget 500 --store kept --profile --json",
    );
    expect(code).toBe(1);
    expect(trialsOf(out)).toMatchObject([
      {
        algorithm: "throws",
        phases: [],
        error: { message: expect.stringContaining("The moon is full") as string },
      },
      { algorithm: "the-mean", error: null },
    ]);
    expect(storedIn(folder)).toEqual([]);
  });

  it("is not to be had together with a plan that is only shown", async () => {
    const { code, note } = await metabench(workingFolder(), "run --profile --dry-run");
    expect(code).toBe(2);
    expect(note).toContain("--dry-run");
  });
});
