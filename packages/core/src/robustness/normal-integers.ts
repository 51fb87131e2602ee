import { MetabenchError } from "../errors.ts";
import type { Random } from "../sampling/random.ts";

/** Beyond as many standard deviations lies less than the 2⁻³² that one draw can tell apart. */
const reach = 6.5;
const words = 2 ** 32;
/** Entries of the guide: which integer a draw's upper bits already point at. */
const guideBits = 10;

/** e^−x for x ≥ 0 by additions, multiplications and divisions alone, which IEEE 754 rounds alike on every engine. */
function exponentialOfMinus(x: number): number {
  let halvings = 0;
  let small = x;
  while (small > 0.5) {
    small /= 2;
    halvings += 1;
  }
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 18; n += 1) {
    term *= -small / n;
    sum += term;
  }
  for (; halvings > 0; halvings -= 1) sum *= sum;
  return sum;
}

/**
 * The standard normal distribution function: ½ + φ(x) · (x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …).
 *
 * Marsaglia 2004, "Evaluating the Normal Distribution". https://doi.org/10.18637/jss.v011.i04
 */
export function normalDistribution(x: number): number {
  const density = 0.3989422804014327 * exponentialOfMinus((x * x) / 2);
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > 1e-18 && odd < 400; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return Math.min(1, Math.max(0, 0.5 + density * sum));
}

/**
 * Draws normal numbers of mean 0 rounded to the nearest integer, one step of the generator each: k with probability
 * Φ((k + ½)/σ) − Φ((k − ½)/σ), to 2⁻³². No transcendental function is involved, so a draw is the same on every engine.
 *
 * By inversion with a guide table: Chen and Asau 1974, https://doi.org/10.1080/05695557408974949
 *
 * @param deviation standard deviation σ, in integers
 * @throws MetabenchError `invalid-usage` unless it is positive
 */
export function normalIntegers(deviation: number): (random: Pick<Random, "uint32">) => number {
  if (!(deviation > 0 && Number.isFinite(deviation)))
    throw new MetabenchError(
      "invalid-usage",
      `A normal distribution cannot have the standard deviation ${String(deviation)}; give a positive one.`,
    );
  const lowest = -Math.ceil(reach * deviation);
  // Position i holds the first draw that is above the integer lowest + i.
  const ends = Float64Array.from({ length: -2 * lowest }, (_, i) =>
    Math.round(normalDistribution((lowest + i + 0.5) / deviation) * words),
  );
  const shift = 32 - guideBits;
  const guide = new Uint16Array(2 ** guideBits);
  for (let entry = 0, i = 0; entry < guide.length; entry += 1) {
    while (i < ends.length && (ends[i] ?? 0) <= entry * 2 ** shift) i += 1;
    guide[entry] = i;
  }
  return (random) => {
    const draw = random.uint32();
    let i = guide[draw >>> shift] ?? 0;
    while (i < ends.length && (ends[i] ?? 0) <= draw) i += 1;
    return lowest + i;
  };
}
