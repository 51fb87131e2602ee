import { z } from "zod";
import { fromGramian } from "../from-gramian.ts";
import type { Gramian } from "../gramian.ts";
import { dot } from "../quadratic/dot.ts";
import { shortestPoint } from "../quadratic/shortest-point.ts";
import { defineWeighting } from "../weighting.ts";

/** Relative rounding of single precision, in which the Gramian is computed. */
const rounding = 2 ** -23;

/** Weights of the gradients in the update d of {@link cagrad}. */
export function conflictAverse(gramian: Gramian, c: number): readonly number[] {
  const tasks = gramian.length;
  const ones = gramian.map(() => 1);
  const along = gramian.map((row) => dot(row, ones) / tasks);
  const radius = c * Math.sqrt(dot(along, ones) / tasks);
  const average = ones.map((one) => one / (1 + c));
  if (!(radius > 0)) return average;
  const weights = worstCombination(gramian, along, radius);
  const square = dot(
    gramian.map((row) => dot(row, weights)),
    weights,
  );
  const extent = dot(lengthsOf(gramian), weights);
  // Shorter than rounding can tell from 0: no direction within the radius improves all losses.
  if (!(square > tasks * rounding * extent ** 2)) return average;
  return weights.map((weight) => (1 + ((tasks * radius) / Math.sqrt(square)) * weight) / (1 + c));
}

const lengthsOf = (gramian: Gramian) => gramian.map((row, task) => Math.sqrt(row[task] ?? NaN));

/**
 * The w in the simplex with the least ⟨g_w, g₀⟩ + r ‖g_w‖.
 *
 * With λ = r / ‖g_w‖, g₀ + λ g_w is the shortest vector in the convex hull of all g₀ + λ gᵢ. λ ‖g_w‖ grows with λ, so bisection finds λ.
 *
 * @param along the products ⟨gᵢ, g₀⟩
 */
function worstCombination(gramian: Gramian, along: readonly number[], radius: number): readonly number[] {
  const average = along.reduce((sum, each) => sum + each, 0) / along.length;
  const shifted = (by: number) =>
    gramian.map((row, i) =>
      row.map((product, j) => average + by * ((along[i] ?? NaN) + (along[j] ?? NaN)) + by ** 2 * product),
    );
  const lengths = lengthsOf(gramian).filter((length) => length > 0);
  let least = radius / Math.max(...lengths);
  let most = radius / (Math.min(...lengths) * 2 ** -12);
  let weights = shortestPoint(shifted(least));
  while (most > least * (1 + 1e-13)) {
    const middle = Math.sqrt(least * most);
    weights = shortestPoint(shifted(middle), weights);
    const length = Math.sqrt(
      Math.max(
        0,
        dot(
          gramian.map((row) => dot(row, weights)),
          weights,
        ),
      ),
    );
    if (middle * length < radius) least = middle;
    else most = middle;
  }
  return weights;
}

/**
 * Conflict-averse gradient descent: of all directions d within c ‖g₀‖ of the mean gradient g₀, the one whose smallest improvement of a loss,
 * minᵢ ⟨gᵢ, d⟩, is largest.
 *
 * Its dual is d = g₀ + c ‖g₀‖ g_w / ‖g_w‖ with g_w = Σ wᵢ gᵢ and w the least point of ⟨g_w, g₀⟩ + c ‖g₀‖ ‖g_w‖ in the simplex. Where g_w
 * vanishes, d = g₀.
 *
 * Liu, Liu, Jin, Stone, Liu 2021, section 3, algorithm 1. https://arxiv.org/abs/2110.14048
 *
 * The update is T d / (1 + c): the sum of the gradients if all agree, or if all are orthogonal and of one length, so that a learning rate means
 * the same as for other weightings. The authors' code has d / (1 + c²).
 */
export const cagrad = defineWeighting({
  id: "cagrad",
  title: "CAGrad",
  reference: {
    title: "Conflict-Averse Gradient Descent for Multi-task Learning",
    authors: ["Bo Liu", "Xingchao Liu", "Xiaojie Jin", "Peter Stone", "Qiang Liu"],
    year: 2021,
    url: "https://arxiv.org/abs/2110.14048",
  },
  options: z.strictObject({
    c: z
      .number()
      .nonnegative()
      .default(0.5)
      .describe(
        "How far from the mean gradient the direction may be, as a share of its length; 0 is the mean.",
      ),
  }),
  create: (context, { c }) => fromGramian(context, { weights: (gramian) => conflictAverse(gramian, c) }),
});
