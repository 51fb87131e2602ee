import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combined, gramianOf, norm, severalGradients, vector } from "../gradients.test-support.ts";
import { dot } from "./dot.ts";
import { shortestPoint } from "./shortest-point.ts";

const pointOf = (vectors: readonly (readonly number[])[]) =>
  combined(shortestPoint(gramianOf(vectors)), vectors);

describe("the shortest point of a convex hull", () => {
  it("is, of two vectors, the foot of the perpendicular or an end (closed form)", () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const between = a.map((x, at) => x - (b[at] ?? NaN));
        const square = dot(between, between);
        const first = square === 0 ? 0 : Math.min(1, Math.max(0, -dot(b, between) / square));
        const expected = a.map((x, at) => first * x + (1 - first) * (b[at] ?? NaN));
        for (const [at, x] of pointOf([a, b]).entries()) expect(x).toBeCloseTo(expected[at] ?? NaN, 6);
      }),
    );
  });

  it("has weights of at least 0 with sum 1, and no vector points further against it than it is long", () => {
    // The condition of optimality: ⟨p, gᵢ⟩ ≥ ⟨p, p⟩ for all i.
    fc.assert(
      fc.property(severalGradients, (vectors) => {
        const weights = shortestPoint(gramianOf(vectors));
        for (const weight of weights) expect(weight).toBeGreaterThanOrEqual(0);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        const point = combined(weights, vectors);
        const slack = 1e-9 * (1 + Math.max(...vectors.map(norm))) ** 2;
        for (const each of vectors)
          expect(dot(point, each)).toBeGreaterThanOrEqual(dot(point, point) - slack);
      }),
    );
  });

  it("is the same from any start", () => {
    fc.assert(
      fc.property(severalGradients, (vectors) => {
        const products = gramianOf(vectors);
        const fresh = combined(shortestPoint(products), vectors);
        for (const start of vectors.keys()) {
          const from = vectors.map((_, i) => (i === start ? 1 : 0));
          const point = combined(shortestPoint(products, from), vectors);
          for (const [at, x] of fresh.entries()) expect(point[at]).toBeCloseTo(x, 5);
        }
      }),
    );
  });

  it("is the centre of a regular simplex, of many vectors too", () => {
    const tasks = 40;
    const vectors = Array.from({ length: tasks }, (_, i) =>
      Array.from({ length: tasks }, (__, j) => (i === j ? 1 : 0)),
    );
    for (const weight of shortestPoint(gramianOf(vectors))) expect(weight).toBeCloseTo(1 / tasks, 9);
  });

  it("ends where vectors depend on each other", () => {
    expect(pointOf([[1], [1], [2]])).toEqual([1]);
    expect(Math.abs(pointOf([[-0.4], [0.2], [3.5]])[0] ?? NaN)).toBeLessThan(1e-12);
    expect(pointOf([[0], [1]])).toEqual([0]);
  });
});
