import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startNative } from "../learner.test-support.ts";
import { fromGramian } from "./from-gramian.ts";
import { firstStep } from "./linear-tasks.test-support.ts";
import { defineWeighting } from "./weighting.ts";
import { cagrad } from "./weightings/cagrad.ts";
import { equal } from "./weightings/equal.ts";
import { pcgrad } from "./weightings/pcgrad.ts";

beforeAll(startNative);

const weighing = (weights: (gramian: readonly (readonly number[])[]) => readonly number[]) =>
  defineWeighting({
    id: "own",
    title: "Own",
    reference: null,
    options: z.strictObject({}),
    create: (context) => fromGramian(context, { weights }),
  });

describe("an update on the Gramian", () => {
  it("moves shared weights along Jᵀ w and each task's own along its own gradient", () => {
    // On paper: g₁ = (1, 0, 0) and g₂ = (−1, 1, 0) conflict; g₁ becomes (½, ½, 0) and g₂ (0, 1, 0).
    const tasks = {
      gradients: [
        [1, 0, 0],
        [-1, 1, 0],
      ],
      losses: [17, -23],
    };
    expect(firstStep(pcgrad, tasks)).toEqual({ shared: [0.5, 1.5, 0], own: [1, 1], losses: [17, -23] });
  });

  it("is handed the inner products of the gradients", () => {
    let given: unknown;
    const tasks = {
      gradients: [
        [1, 2],
        [3, 4],
        [0, 5],
      ],
    };
    const recording = weighing((gramian) => {
      given = gramian;
      return [1, 2, 3];
    });
    expect(firstStep(recording, tasks).shared).toEqual([1 + 6, 2 + 8 + 15]);
    expect(given).toEqual([
      [5, 11, 10],
      [11, 25, 20],
      [10, 20, 25],
    ]);
  });

  it("takes a gradient for 0 whose squared length underflows single precision", () => {
    // ⟨g₁, g₂⟩ is −10⁻²³, and ⟨g₂, g₂⟩ = 10⁻⁴⁶ is 0 in single precision; (8 · 10⁻²⁰)² is not 0, but has lost digits.
    for (const short of [1e-23, 8e-20]) {
      const gradients = [
        [1, 0],
        [-short, 0],
      ];
      for (const weighting of [pcgrad, cagrad]) {
        const { shared } = firstStep(weighting, { gradients });
        const [along = NaN] = firstStep(weighting, {
          gradients: [
            [1, 0],
            [0, 0],
          ],
        }).shared;
        expect(shared[0]).toBeCloseTo(along, 6);
        expect(shared[1]).toBe(0);
      }
    }
    let given: unknown;
    const recording = weighing((gramian) => {
      given = gramian;
      return [1, 1];
    });
    firstStep(recording, {
      gradients: [
        [2, 0],
        [-1e-23, 0],
      ],
    });
    expect(given).toEqual([
      [4, 0],
      [0, 0],
    ]);
  });

  it.each([pcgrad, cagrad])("names $title and the tasks where an inner product overflows", (weighting) => {
    // 10²⁰ squared is beyond the largest number of single precision, 3.4 · 10³⁸; the losses are 1.
    const gradients = [
      [1, 0],
      [0, 1],
      [0, 1e20],
    ];
    expect(() => firstStep(weighting, { gradients })).toThrow(
      new RegExp(
        `^${weighting.title} cannot weigh the gradients of tasks task2 and task2: their inner product is Infinity.*Lower the learning rate`,
      ),
    );
    expect(firstStep(equal, { gradients }).losses).toEqual([1, 1, 1]);
  });

  it("leaves it to the training loop to report a loss that is not finite", () => {
    const broken = weighing(() => {
      throw new Error("It is asked for weights.");
    });
    const gradients = [
      [1, 0],
      [0, 1],
    ];
    expect(firstStep(broken, { gradients, losses: [NaN, 2] }).losses).toEqual([NaN, 2]);
    expect(() => firstStep(broken, { gradients, losses: [1, 2] })).toThrow(/asked/);
  });

  it("names the weighting where weights are not finite", () => {
    expect(() =>
      firstStep(
        weighing(() => [1, NaN]),
        {
          gradients: [
            [1, 0],
            [0, 1],
          ],
        },
      ),
    ).toThrow(/^Own gave the weights 1, NaN to the tasks task0, task1 at update 1\. Choose/);
  });
});
