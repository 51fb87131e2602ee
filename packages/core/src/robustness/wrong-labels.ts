import { MetabenchError } from "../errors.ts";
import type { Random } from "../sampling/random.ts";

/**
 * A support set in which each label is wrong with a probability: where it is, an image of another class of the episode, each equally
 * likely, stands under it. The image is one of that class's own support images, each equally likely, so that no query and
 * nothing from outside the episode comes in; every class keeps its number of labels, which learners are promised.
 *
 * Three numbers are drawn for each label whether it is wrong or not: with streams of one name, a label that is wrong at one probability is
 * wrong in the same way at every higher one.
 *
 * @param support images `[ways · shots]`, class by class, as positions
 * @param ways at least 2
 * @param probability that a label is wrong
 * @returns the positions that take their place, `[ways · shots]`
 * @throws MetabenchError `invalid-usage` where there is no other class, or classes differ in size
 */
export function wrongLabels(
  support: Uint32Array,
  ways: number,
  probability: number,
  random: Pick<Random, "uniform" | "below">,
): Uint32Array {
  const shots = support.length / ways;
  if (!(ways >= 2 && Number.isInteger(shots)))
    throw new MetabenchError(
      "invalid-usage",
      `${String(support.length)} support images of ${String(ways)} classes cannot be given wrong labels; take two classes or more, of one size.`,
    );
  return support.map((image, at) => {
    const wrong = random.uniform() < probability;
    const other = (Math.floor(at / shots) + 1 + random.below(ways - 1)) % ways;
    const shot = random.below(shots);
    return wrong ? (support[other * shots + shot] ?? image) : image;
  });
}
