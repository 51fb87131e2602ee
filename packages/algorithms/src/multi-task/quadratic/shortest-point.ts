import { dot } from "./dot.ts";
import { solve } from "./solve.ts";

/** Inner products of some vectors, a symmetric matrix. */
type Products = readonly (readonly number[])[];

/** Weights of all vectors, and those among the vectors that have a weight or are about to get one. */
interface Hull {
  readonly weights: readonly number[];
  readonly corral: readonly number[];
}

/** A few roundings of double precision. */
const rounding = 1e-14;

/**
 * Weights w, at least 0 with sum 1, of the shortest vector Σ wᵢ gᵢ in the convex hull of vectors given by their inner products ⟨gᵢ, gⱼ⟩.
 *
 * Wolfe's method of active sets, which ends after finitely many steps at the solution but for rounding. It finds the shortest vector of the
 * affine hull of a few vectors, the corral; drops vectors until none has a negative weight; adds the one whose product with the result is
 * least; and ends when none makes the result shorter. Wolfe 1976. https://doi.org/10.1007/BF01580381
 *
 * @param start weights to start from, such as the result for similar vectors; the shortest of the vectors by default
 */
export function shortestPoint(products: Products, start?: readonly number[]): readonly number[] {
  const lengths = products.map((row, i) => Math.sqrt(row[i] ?? NaN));
  const shortest = lengths.indexOf(Math.min(...lengths));
  const first = start ?? lengths.map((_, i) => (i === shortest ? 1 : 0));
  let hull: Hull = { weights: first, corral: [...first.keys()].filter((i) => (first[i] ?? 0) > 0) };
  for (let before = Infinity; ;) {
    hull = settled(products, hull);
    const { weights, corral } = hull;
    const along = products.map((row) => dot(row, weights));
    const square = dot(along, weights);
    const next = along.indexOf(Math.min(...along));
    const extent = dot(lengths, weights);
    const noise = rounding * extent * (extent + (lengths[next] ?? NaN));
    const better = square - (along[next] ?? NaN) > noise && square < before;
    if (!better || corral.includes(next)) return weights;
    before = square;
    hull = { weights, corral: [...corral, next] };
  }
}

/** The shortest vector of the corral's affine hull, once enough vectors are dropped that it lies in their convex hull. */
function settled(products: Products, { weights, corral }: Hull): Hull {
  const target = shortestAffine(products, corral);
  // Vectors that depend on each other: the one added last makes nothing shorter.
  if (target === null) return { weights, corral: corral.slice(0, -1) };
  const outside = corral.filter((i) => (target[i] ?? 0) <= 0);
  if (outside.length === 0) return { weights: target, corral };
  // How far towards the target the weight of a vector stays at least 0.
  const reach = (i: number): number => {
    const weight = weights[i] ?? 0;
    return weight === 0 ? 0 : weight / (weight - (target[i] ?? 0));
  };
  const dropped = outside.reduce((a, b) => (reach(b) < reach(a) ? b : a));
  const share = reach(dropped);
  return settled(products, {
    weights: weights.map((weight, i) =>
      i === dropped ? 0 : Math.max(0, weight + share * ((target[i] ?? 0) - weight)),
    ),
    corral: corral.filter((i) => i !== dropped),
  });
}

/**
 * Weights with sum 1 of the shortest vector of the affine hull; null if the vectors depend on each other.
 *
 * They are proportional to the x with (H + e eᵀ) x = e for e of ones, here for vectors scaled to length 1.
 */
function shortestAffine(products: Products, corral: readonly number[]): readonly number[] | null {
  const scales = corral.map((i) => 1 / (Math.sqrt(products[i]?.[i] ?? NaN) || 1));
  const largest = Math.max(...scales);
  const ones = scales.map((scale) => scale / largest);
  const matrix = corral.map((i, a) =>
    corral.map(
      (j, b) =>
        (products[i]?.[j] ?? NaN) * (scales[a] ?? NaN) * (scales[b] ?? NaN) +
        (ones[a] ?? NaN) * (ones[b] ?? NaN),
    ),
  );
  const solution = solve(matrix, ones)?.map((x, a) => x * (scales[a] ?? NaN));
  if (solution === undefined) return null;
  const sum = solution.reduce((total, x) => total + x, 0);
  if (!(sum > 0)) return null;
  const weights = products.map(() => 0);
  for (const [a, i] of corral.entries()) weights[i] = (solution[a] ?? NaN) / sum;
  return weights;
}
