import type { Random } from "./random.ts";

/** Above 0 and at most 1, so that its logarithm is finite. */
const positive = (random: Random) => 1 - random.uniform();

/** Jöhnk's: u^(1/α) and v^(1/α), taken where their sum is at most 1; by logarithms, since small α make powers too small for a number. */
function johnk(alpha: number, random: Random): number {
  for (;;) {
    const [x, y] = [Math.log(positive(random)) / alpha, Math.log(positive(random)) / alpha];
    if (Math.exp(x) + Math.exp(y) <= 1) return 1 / (1 + Math.exp(y - x));
  }
}

/** Ulrich's, for α above ½. */
function ulrich(alpha: number, random: Random): number {
  const radius = Math.sqrt(1 - positive(random) ** (2 / (2 * alpha - 1)));
  return (1 + radius * Math.cos(2 * Math.PI * random.uniform())) / 2;
}

/** A draw from Beta(α, α), α > 0. Devroye 1986, sections IX.3.5 and IX.4.2. http://luc.devroye.org/rnbookindex.html */
export const symmetricBeta = (alpha: number, random: Random): number =>
  alpha <= 1 ? johnk(alpha, random) : ulrich(alpha, random);
