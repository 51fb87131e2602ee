import { readFileSync } from "node:fs";
import type { AlgorithmPlugin, MultiTaskBatch, MultiTaskContext, TaskSpec } from "@metabench/core";
import { tensor1d, tensor2d, tensor4d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import multilayerPerceptron from "../../backbones/multilayer-perceptron.ts";
import {
  backboneFor,
  dispose,
  inScope,
  leaked,
  learnerContext,
  make,
  resume,
  startNative,
} from "../../learner.test-support.ts";
import { multiTaskControls } from "./index.ts";
import { ridge } from "./ridge.ts";

type Rows = number[][];

/** Made by golden/multi_task_controls.py of this package, which says how. */
const golden = JSON.parse(readFileSync(new URL("controls.golden.json", import.meta.url), "utf8")) as {
  readonly inputs: readonly Rows[];
  readonly targets: readonly Rows[];
  readonly queries: Rows;
  readonly cases: readonly {
    readonly penalty: number;
    readonly predictions: Readonly<Record<string, readonly Rows[]>>;
  }[];
};
const features = golden.queries[0]?.length ?? 0;
const ids = golden.inputs.map((_, task) => `task-${String(task)}`);
const total = golden.inputs.reduce((sum, rows) => sum + rows.length, 0);

const numbers = (id: string, outputs = 2): TaskSpec => ({
  id,
  target: "values",
  outputs,
  mean: Array.from({ length: outputs }, () => 0),
  deviation: Array.from({ length: outputs }, () => 1),
});
const context = (tasks = ids.map((id) => numbers(id))): MultiTaskContext => ({
  ...learnerContext(backboneFor(multilayerPerceptron, [features])),
  tasks,
  inputShape: [features],
  ownExamples: true,
  trainingExamples: total,
});

/** All training examples; those of the last task come first. */
function everything(): MultiTaskBatch {
  const rows: Record<string, ReturnType<typeof tensor1d>> = {};
  const inputs: Rows = [];
  for (const [task, own] of [...golden.inputs.entries()].reverse()) {
    rows[ids[task] ?? ""] = tensor1d(
      own.map((_, at) => inputs.length + at),
      "int32",
    );
    inputs.push(...own);
  }
  const targets = Object.fromEntries(golden.targets.map((own, task) => [ids[task], tensor2d(own)]));
  return { inputs: tensor2d(inputs), targets, rows };
}

const optionsOf = ({ id }: AlgorithmPlugin, penalty: number) => (id === "task-mean" ? {} : { penalty });
const control = (id: string) => {
  const found = multiTaskControls.find((one) => one.id === id);
  if (!found) throw new Error(`there is no control ${id}`);
  return found;
};

beforeAll(startNative);

describe.each(multiTaskControls.map((plugin) => ({ id: plugin.id, plugin })))("$id", ({ id, plugin }) => {
  it.each(golden.cases)("predicts as numpy does, at λ = $penalty", ({ penalty, predictions }) => {
    const { learner, strays } = make(() => plugin.instantiate(context(), optionsOf(plugin, penalty)));
    expect(strays).toEqual([]);
    inScope(() => learner.train(everything()));
    for (const [task, expected] of (predictions[id] ?? []).entries()) {
      const found = inScope(() => learner.predict(ids[task] ?? "", tensor2d(golden.queries)).arraySync());
      for (const [row, values] of expected.entries())
        for (const [at, value] of values.entries()) expect(found[row]?.[at]).toBeCloseTo(value, 4);
    }
    dispose(learner);
  });

  it("is a control whose batch is the whole training split", () => {
    const { learner } = make(() => plugin.instantiate(context(), {}));
    expect(plugin.role).toBe("control");
    expect(learner.batchSize).toBe(total);
    dispose(learner);
  });

  it("names its losses by task: mean squared errors on the examples it was fitted to", () => {
    const { learner } = make(() => plugin.instantiate(context(), {}));
    const losses = inScope(() =>
      Object.entries(learner.train(everything())).map(([task, loss]) => [task, loss.dataSync()[0]] as const),
    );
    expect(losses.map(([task]) => task)).toEqual(ids);
    for (const [index, [task, loss]] of losses.entries()) {
      const predicted = inScope(() =>
        learner.predict(task, tensor2d(golden.inputs[index] ?? [])).arraySync(),
      );
      const errors = (golden.targets[index] ?? []).flatMap((row, at) =>
        row.map((value, output) => (value - (predicted[at]?.[output] ?? NaN)) ** 2),
      );
      expect(loss).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / errors.length, 4);
    }
    dispose(learner);
  });

  it("resumes bit for bit, and leaks nothing", () => {
    const create = () => plugin.instantiate(context(), {});
    const [through, resumed] = resume(create, (learner) => learner.train(everything()));
    expect(resumed).toEqual(through);
    const { learner } = make(create);
    expect(leaked(() => learner.train(everything()))).toBe(0);
    expect(leaked(() => learner.predict("task-0", tensor2d(golden.queries)))).toBe(0);
    dispose(learner);
  });

  it("refuses tasks whose targets are classes, and says what to do", () => {
    const classes: TaskSpec = { id: "left", target: "class", classes: 10, outputs: 10 };
    expect(() => inScope(() => plugin.instantiate(context([classes]), {}))).toThrow(
      expect.objectContaining({
        code: "invalid-usage",
        message: expect.stringMatching(/task "left" are classes; choose a protocol/) as string,
      }) as Error,
    );
  });

  it("refuses a task that it was not made for", () => {
    if (id === "pooled-ridge") return;
    const { learner } = make(() => plugin.instantiate(context(), {}));
    expect(() => inScope(() => learner.predict("other", tensor2d(golden.queries)))).toThrow(
      /no task "other"/,
    );
    dispose(learner);
  });
});

describe("controls", () => {
  it("take every example for every task where tasks share their examples, and images as vectors", () => {
    const shared = (id: string, inputShape: readonly number[]) => {
      const { learner } = make(() =>
        control(id).instantiate({ ...context(), inputShape, ownExamples: false, trainingExamples: 6 }, {}),
      );
      const [inputs = []] = golden.inputs;
      const [targets = []] = golden.targets;
      const values = inScope(() => {
        const x = inputShape.length === 1 ? tensor2d(inputs) : tensor4d(inputs.flat(), [6, 2, 2, 1]);
        learner.train({
          inputs: x,
          targets: Object.fromEntries(ids.map((task) => [task, tensor2d(targets)])),
        });
        return ids.map((task) => [...learner.predict(task, x).dataSync()]);
      });
      dispose(learner);
      return values;
    };
    const [one, two] = shared("task-ridge", [features]);
    expect(two).toEqual(one);
    expect(shared("task-ridge", [2, 2, 1])[0]).toEqual(one);
  });

  it("that pool refuse tasks of different lengths", () => {
    const tasks = [numbers("one", 1), numbers("two", 2)];
    for (const id of ["pooled-ridge", "pooled-ridge-offset"])
      expect(() => inScope(() => control(id).instantiate(context(tasks), {}))).toThrow(
        /tasks "one" and "two" differ in their number of values; choose task-ridge/,
      );
    const { learner } = make(() => control("task-ridge").instantiate(context(tasks), {}));
    dispose(learner);
  });

  it("want a penalty above 0", () => {
    expect(() => control("task-ridge").parseOptions({ penalty: 0 })).toThrow(/penalty/);
    expect(control("task-ridge").parseOptions({})).toEqual({ penalty: 10 });
  });
});

describe("ridge", () => {
  const form = { features: 1, outputs: 1, groups: 0, penalty: 2 };

  it("is Σ(x − x̄)(y − ȳ) / (Σ(x − x̄)² + λ) in one dimension (arithmetic on paper)", () => {
    // x̄ = 2, ȳ = 5: 6 / (2 + 2) = 1.5, and 5 − 1.5 · 2 = 2.
    const points = [1, 2, 3].map((x, at) => ({ input: [x], target: [[2, 5, 8][at] ?? 0] }));
    const { kernel, bias } = ridge(points, form);
    expect([kernel[0], bias[0]]).toEqual([1.5, 2]);
  });

  it("refuses to solve without examples, or from one that is not finite", () => {
    for (const points of [[], [{ input: [NaN], target: [1] }]])
      expect(() => ridge(points, form)).toThrow(expect.objectContaining({ code: "not-finite" }) as Error);
  });
});
