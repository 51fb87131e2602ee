import type { AlgorithmPlugin, FewShotLearner } from "@metabench/core";
import { fill, logSoftmax, tensor2d, zerosLike } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { dispose, draw, inScope, make, save, startNative } from "../../learner.test-support.ts";
import anil from "../anil.ts";
import boil from "../boil.ts";
import { episodes, logits, train } from "../episodes.test-support.ts";
import mamlPlusPlus from "../maml-plus-plus.ts";
import { cosineAnnealing, multiStepImportance } from "../maml-plus-plus-schedules.ts";
import maml from "../maml.ts";
import metaSgd from "../meta-sgd.ts";
import { nearestMean } from "../embedding/nearest-mean.ts";
import { adapted, context, testTask } from "../patterns.test-support.ts";
import protoMaml from "../proto-maml.ts";
import reptile from "../reptile.ts";

beforeAll(startNative);

type Plugin = AlgorithmPlugin<"few-shot-classification">;
const created = (plugin: Plugin, options: object = {}): FewShotLearner =>
  make(() => plugin.instantiate(context(), options)).learner;

describe("ANIL", () => {
  /** With a last block that gives the same embedding to every image, only a body that moves can tell two images apart. */
  const tellsApart = (plugin: Plugin) => {
    const learner = created(plugin, { innerRate: 0.5, testSteps: 3 });
    inScope(() => {
      const scale = learner.parameters["body.blocks.3.norm.scale"];
      const offset = learner.parameters["body.blocks.3.norm.offset"];
      if (scale === undefined || offset === undefined) throw new Error("Conv4 has other names");
      scale.assign(zerosLike(scale));
      offset.assign(fill(offset.shape, 1));
    });
    const after = logits(learner, 0).at(-1) ?? [];
    dispose(learner);
    return new Set(after.map((row) => JSON.stringify(row))).size > 1;
  };

  it("leaves the body unchanged in adaptation, as MAML does not", () => {
    expect(tellsApart(anil)).toBe(false);
    expect(tellsApart(maml)).toBe(true);
  });

  /** How often the backbone is applied while six predictors are drawn and none is asked. */
  const applied = (plugin: Plugin) => {
    const { backbone, ...rest } = context();
    let times = 0;
    const counting: typeof backbone = {
      ...backbone,
      apply(...given) {
        times += 1;
        return backbone.apply(...given);
      },
    };
    const { learner } = make(() => plugin.instantiate({ ...rest, backbone: counting }, {}));
    inScope(() => {
      times = 0;
      if (learner.adaptsOn !== "images") throw new Error("it adapts on images");
      draw(learner.adapt(testTask(0).support), 5, () => undefined);
    });
    dispose(learner);
    return times;
  };

  it("looks at the support set with the body twice, however many steps the head takes", () => {
    expect(applied(anil)).toBe(2);
    // One for each step's gradient, and one for the statistics when adaptation is over.
    expect(applied(maml)).toBe(5 + 1);
  });
});

describe("BOIL", () => {
  /** With a head of zeros all logits are its biases, and only a head that moves can change that. */
  const moves = (plugin: Plugin) => {
    const learner = created(plugin, { innerRate: 0.5, testSteps: 2 });
    inScope(() => {
      for (const name of ["head.kernel", "head.bias"]) {
        const weight = learner.parameters[name];
        if (weight === undefined) throw new Error("the head has other names");
        weight.assign(zerosLike(weight));
      }
    });
    const after = logits(learner, 0).at(-1)?.flat() ?? [];
    dispose(learner);
    return after.some((logit) => logit !== 0);
  };

  it("leaves the head unchanged in adaptation, as MAML does not", () => {
    expect(moves(boil)).toBe(false);
    expect(moves(maml)).toBe(true);
  });
});

describe("Meta-SGD", () => {
  it("is MAML as long as all rates are one", () => {
    const [ours, theirs] = [created(metaSgd, { initialRate: 0.1 }), created(maml, { innerRate: 0.1 })];
    const step = logits(theirs, 0)[1]?.flat() ?? [];
    for (const [at, logit] of (logits(ours, 0)[1] ?? []).flat().entries())
      expect(logit).toBeCloseTo(step[at] ?? NaN, 4);
    for (const learner of [ours, theirs]) dispose(learner);
  });

  it("draws the rates it starts with where it is given a range, anew for each weight and alike for a seed", () => {
    const initialRates = () => {
      const learner = created(metaSgd, { initialRate: [0.005, 0.1] });
      const rates = save(learner)["rates.head.kernel"] ?? [];
      dispose(learner);
      return rates;
    };
    const rates = initialRates();
    expect(new Set(rates).size).toBeGreaterThan(30);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.005);
    expect(Math.min(...rates)).toBeLessThan(0.03);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.1);
    expect(Math.max(...rates)).toBeGreaterThan(0.075);
    expect(initialRates()).toEqual(rates);
    expect(() => created(metaSgd, { initialRate: [0.1, 0.005] })).toThrow(/initialRate: .*low below high/);
  });

  it("learns rates: each weight's its own", () => {
    const learner = created(metaSgd, { initialRate: 0.1, metaBatch: 1 });
    for (const step of [0, 1]) inScope(() => train(learner, step));
    const rates = save(learner)["rates.head.kernel"] ?? [];
    expect(rates).toHaveLength(40);
    expect(new Set(rates).size).toBeGreaterThan(20);
    dispose(learner);
  });
});

describe("Proto-MAML", () => {
  it.each([1, 3])(
    "answers as the nearest of the prototypes before its first step, with %i shots",
    (shots) => {
      const learner = created(protoMaml);
      inScope(() => {
        const { backbone, random } = context();
        const body = backbone.initialise(random.fork("body"));
        const { support, query } = testTask(0, shots);
        const { embedding, statistics } = backbone.apply(body, support.inputs);
        const embedded = backbone.apply(body, query.inputs, statistics).embedding;
        const expected = logSoftmax(nearestMean({ ...support, inputs: embedding }).predict(embedded));
        const [ours = []] = draw(adapted(learner, support), 0, (predict) =>
          predict(query.inputs).arraySync(),
        );
        // −‖x − c‖² and 2cx − ‖c‖² differ by ‖x‖², which is the same for all classes.
        const found = logSoftmax(tensor2d(ours)).arraySync() as number[][];
        for (const [row, values] of (expected.arraySync() as number[][]).entries())
          for (const [way, value] of values.entries()) expect(found[row]?.[way]).toBeCloseTo(value, 4);
      });
      dispose(learner);
    },
  );
});

describe("MAML++", () => {
  it("weighs the losses after all steps alike at first, and the last alone in the end", () => {
    expect(multiStepImportance(0, 4)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(multiStepImportance(0.5, 4)).toEqual([0.125, 0.125, 0.125, 0.625]);
    expect(multiStepImportance(0.999, 4)[0]).toBeCloseTo(0.03 / 4, 6);
    expect(multiStepImportance(1, 4)).toEqual([0, 0, 0, 1]);
    expect(multiStepImportance(NaN, 1)).toEqual([1]);
  });

  it("lowers the meta-rate along half a cosine", () => {
    expect(cosineAnnealing(0)).toBe(1);
    expect(cosineAnnealing(0.5)).toBeCloseTo(0.505, 9);
    expect(cosineAnnealing(1)).toBeCloseTo(0.01, 9);
    expect(cosineAnnealing(1.5)).toBeCloseTo(0.01, 9);
  });

  it("learns rates and normalisation for each step", () => {
    const learner = created(mamlPlusPlus, { innerSteps: 2, metaBatch: 1, firstOrderShare: 0 });
    for (const step of [0, 1]) inScope(() => train(learner, step));
    const saved = save(learner);
    const [first, second] = [0, 1].map((at) => saved[`rates.${String(at)}.head.kernel`]);
    expect(first).toHaveLength(1);
    expect(first).not.toEqual(second);
    const norms = [0, 1].map((at) => saved[`norms.${String(at)}.body.blocks.3.norm.offset`]);
    expect(norms[0]).toHaveLength(8);
    expect(norms[0]).not.toEqual(norms[1]);
    dispose(learner);
  });
});

describe("MAML++", () => {
  /** Weights after the first update. */
  const updatedOnce = (options: object) => {
    const learner = created(mamlPlusPlus, { innerSteps: 3, metaBatch: 1, ...options });
    inScope(() => train(learner, 0));
    const saved = save(learner);
    const weights = Object.keys(learner.parameters).flatMap((name) => saved[name] ?? []);
    dispose(learner);
    return weights;
  };

  it("takes first-order gradients in its first share of the budget, and losses after all steps in another", () => {
    const last = updatedOnce({ firstOrderShare: 0, multiStepShare: 0 });
    expect(updatedOnce({ firstOrderShare: 0, multiStepShare: 0 })).toEqual(last);
    expect(updatedOnce({ firstOrderShare: 1, multiStepShare: 0 })).not.toEqual(last);
    expect(updatedOnce({ firstOrderShare: 0, multiStepShare: 1 })).not.toEqual(last);
  });
});

describe("Reptile", () => {
  it("hands the second moments of its inner steps on: to the next tasks, the mean over those side by side, and to the test", () => {
    const after = (tasks: readonly number[]) => {
      const learner = created(reptile, { metaBatch: 2, innerSteps: 2, trainingShots: 3, metaStep: 1e-9 });
      if (learner.trainsOn !== "episodes") throw new Error("not trained on episodes");
      const untrained = logits(learner, 0);
      inScope(() => learner.train(episodes(learner, 0).filter((_, task) => tasks.includes(task))));
      const [saved, trained] = [save(learner), logits(learner, 0)];
      dispose(learner);
      const second = Object.keys(saved).filter((name) => name.startsWith("inner.second."));
      return {
        steps: saved["inner.steps"],
        second: second.flatMap((name) => saved[name] ?? []),
        untrained,
        trained,
      };
    };
    const [one, other, both] = [after([0]), after([1]), after([0, 1])];
    expect(both.steps).toEqual([2]);
    const scale = Math.max(...both.second);
    expect(scale).toBeGreaterThan(0);
    for (const [at, value] of both.second.entries())
      expect(value / scale).toBeCloseTo(((one.second[at] ?? NaN) + (other.second[at] ?? NaN)) / 2 / scale, 4);
    // The initialisation hardly moved: what differs is how far a step goes.
    expect(both.trained[0]?.[0]?.[0]).toBeCloseTo(both.untrained[0]?.[0]?.[0] ?? NaN, 4);
    expect(both.trained[1]).not.toEqual(both.untrained[1]);
  });

  it("refuses training tasks that are no larger than test tasks", () => {
    expect(() => created(reptile, { trainingShots: 2 })).not.toThrow();
    const { task, ...rest } = context();
    expect(() => reptile.instantiate({ ...rest, task: { ...task, shots: 5 } }, { trainingShots: 5 })).toThrow(
      expect.objectContaining({
        code: "invalid-options",
        message: expect.stringMatching(/trainingShots to 6/),
      }),
    );
  });

  /** All weights, one after the other, after one update on some of the two tasks of an update. */
  const updated = (metaStep: number, tasks: readonly number[]) => {
    const learner = created(reptile, {
      metaStep,
      metaBatch: 2,
      innerSteps: 2,
      trainingShots: 3,
      innerRate: 0.01,
    });
    if (learner.trainsOn !== "episodes") throw new Error("not trained on episodes");
    inScope(() => {
      const both = episodes(learner, 0);
      if (tasks.length > 0) learner.train(both.filter((_, task) => tasks.includes(task)));
    });
    const saved = save(learner);
    const weights = Object.keys(learner.parameters).flatMap((name) => saved[name] ?? []);
    dispose(learner);
    return weights;
  };

  it("moves by its share of the way to the mean of the weights that its tasks reach", () => {
    const start = updated(1, []);
    const [one, other] = [updated(1, [0]), updated(1, [1])];
    const moved = updated(0.25, [0, 1]);
    expect(one).not.toEqual(other);
    for (const [at, value] of moved.entries()) {
      const from = start[at] ?? NaN;
      const mean = ((one[at] ?? NaN) + (other[at] ?? NaN)) / 2;
      expect(value).toBeCloseTo(from + 0.25 * (mean - from), 5);
    }
  });
});
