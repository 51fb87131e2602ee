import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { metabench, recordOf, workingFolder } from "./command-line.test-support.ts";

/** A method of one weight that does `slip` in each update; the slip stands in line 12. */
const plugin = (id: string, slip: string) => `import { defineAlgorithm } from "@metabench/core";
import { named, sgd, variables } from "@metabench/algorithms/nn";
import { add, matMul, scalar, square, sum, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import { z } from "zod";
export default defineAlgorithm({
  id: "${id}", version: "1.0.0", title: "Slips", summary: "Slips.", reference: null, regime: "few-shot", target: "values",
  options: z.strictObject({}),
  create({ random }) {
    const weights = variables({ w: scalar(1) });
    const optimiser = sgd(weights, { rate: 0.1 });
    let kept: Scalar = scalar(0);
    const slip = (loss: Scalar): Scalar => { ${slip} };
    return {
      parameters: named(weights), state: optimiser.state, trainsOn: "episodes", functionsPerUpdate: 1,
      train: (support, query) => {
        const loss = optimiser.minimise(({ w }) => { kept = square(w); return add(kept, 1); });
        return { loss: slip(loss) };
      },
      adaptationSteps: 0,
      *adapt({ inputs }) { yield { predict: (x) => x }; },
    };
  },
});
void [matMul, sum, null as Tensor | null];
`;

/** How the only trial of a plugin failed, and what the command said of it. */
async function failing(slip: string) {
  const folder = workingFolder({ "slips.ts": plugin("slips", slip) });
  const { code, out, note } = await metabench(
    folder,
    "run --plugin ./slips.ts --protocol few-shot/sinusoid/10-shot --algorithm slips --seeds 0 --budget 200 --episodes 2 --store kept --backend wasm",
  );
  const record = recordOf(join(folder, "kept"), "slips");
  if (record.status === "completed") throw new Error("It completed.");
  return {
    code,
    said: out + note,
    status: record.status,
    error: record.error,
    file: join(folder, "slips.ts"),
  };
}

describe("what goes wrong within a trial", () => {
  it("is blamed on the plugin's own line, though TensorFlow.js threw it", async () => {
    const { code, error, file, said } = await failing("return sum(matMul(loss as Tensor, loss as Tensor));");
    expect(code).toBe(1);
    expect(error.message).toMatch(/^Error: .*\(at slip, .*; thrown in @tensorflow\/tfjs-core\/.*\)\.$/s);
    expect(error.message).toContain(`(at slip, ${file}:12:`);
    // Two places, said once in the record and once where the run shows it.
    expect(error.message.match(/:\d+:\d+/g)).toHaveLength(2);
    expect(error.log).not.toContain("slips.ts");
    expect(said).not.toMatch(/^\s+at /m);
  });

  it("is the plugin's own line alone where the plugin threw it", async () => {
    const { error, file } = await failing('throw new RangeError("Out of paper.");');
    expect(error).toMatchObject({
      code: "trial-failed",
      message: `RangeError: Out of paper (at slip, ${file}:12:52).`,
    });
  });

  it("has the plugin's line where a building block of the suite refuses", async () => {
    const { error, file } = await failing("random.below(0); return loss;");
    expect(error).toMatchObject({ code: "invalid-usage" });
    expect(error.message).toMatch(/^Stream "few-shot\/sinusoid/);
    expect(error.message).toContain(`(at slip, ${file}:12:`);
  });

  it("names a loss that was kept from inside minimise(), which is freed by then", async () => {
    const { status, error } = await failing("void loss; return kept;");
    expect({ status, code: error.code }).toEqual({ status: "invalid", code: "contract-broken" });
    expect(error.message).toMatch(/train\(\) returned a loss "loss" that was freed before\. .*minimise\(\)/);
  });

  it("names the line that uses such a loss", async () => {
    const { error, file } = await failing("return add(loss, kept);");
    expect(error.message).toMatch(/A tensor that was freed is used\. .*minimise\(\)/);
    expect(error.message).toContain(`(at slip, ${file}:12:`);
  });
});

it("names the plugin's line where the command itself runs it", async () => {
  const family = `import { defineDataset } from "@metabench/core";
import { z } from "zod";
export default defineDataset({
  id: "bent", version: "1.0.0", title: "Bent", summary: "Bent.", reference: null, options: z.strictObject({}),
  licence: { name: "CC0", url: "https://creativecommons.org/publicdomain/zero/1.0/" },
  sources: () => { throw new RangeError("Out of paper."); }, contentHash: () => null, prepare: () => null as never,
});`;
  const folder = workingFolder({ "bent.ts": family });
  const { code, note } = await metabench(folder, "prepare bent --plugin ./bent.ts");
  expect(note).toContain(
    `error: A plugin threw RangeError: Out of paper (at sources, ${join(folder, "bent.ts")}:6:26). Fix it there.`,
  );
  expect(code).toBe(1);
});

describe("a family of functions", () => {
  const family = (draw: string) => `import { defineDataset } from "@metabench/core";
import { z } from "zod";
export default defineDataset({
  id: "bent", version: "1.0.0", title: "Bent", summary: "Bent.", reference: null, options: z.strictObject({}),
  licence: { name: "CC0", url: "https://creativecommons.org/publicdomain/zero/1.0/" }, sources: () => [], contentHash: () => null,
  prepare: () => ({
    kind: "function-family", inputs: 1, outputs: 1, input: () => [1], grid: (points) => Array.from({ length: points }, () => [1]),
    draw: () => ${draw},
  }),
});`;

  it.each([
    ["throws an error", '{ throw new RangeError("Out of paper."); }', /bent\.mjs:8:/],
    ["throws a text", '{ throw "Out of paper."; }', /Data set bent: draw\(\) threw 'Out of paper\.'/],
    ["gives no function", "undefined", /Data set bent: draw\(\) gave undefined, where a function/],
    ["makes no number", "() => [NaN]", /Data set bent: the function of draw\(\) gave \[ NaN \]/],
  ])("that %s is told as the plugin's fault", async (_, draw, says) => {
    const folder = workingFolder({ "bent.mjs": family(draw) });
    const { code, note } = await metabench(
      folder,
      "run --plugin ./bent.mjs --dataset bent --protocol few-shot/sinusoid/10-shot --algorithm maml --seeds 0 --store kept --dry-run",
    );
    expect(code).not.toBe(0);
    expect(note).toMatch(says);
    expect(note).not.toContain("metabench itself");
  });
});
