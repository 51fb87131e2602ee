import { MetabenchError, randomStream, type SplitName } from "@metabench/core";

/** Class names of each split. */
export type ClassLists = Readonly<Record<SplitName, readonly string[]>>;

/** Parts of the classes that train, validate and test. */
export type Ratio = readonly [train: number, validation: number, test: number];

/**
 * Deals classes to the splits at random: of n classes, validation and test get their part of `ratio` rounded down, at least one, and
 * training the rest. The same names, ratio and seed give the same lists, in whatever order the names come.
 *
 * @throws MetabenchError `invalid-options` where training would get no class
 */
export function dealClasses(names: readonly string[], ratio: Ratio, seed: number): ClassLists {
  const [train, validation, test] = ratio;
  const parts = train + validation + test;
  const part = (share: number) => Math.max(1, Math.floor((names.length * share) / parts));
  const [validating, testing] = [part(validation), part(test)];
  const training = names.length - validating - testing;
  if (training < 1)
    throw new MetabenchError(
      "invalid-options",
      `${String(names.length)} classes cannot be split ${ratio.join(":")}, with a class at least in each split. Add classes, or change the option ratio.`,
    );
  const dealt = randomStream(`image-folder/split/${String(seed)}`).shuffle([...names].sort());
  return {
    train: dealt.slice(0, training).sort(),
    validation: dealt.slice(training, training + validating).sort(),
    test: dealt.slice(training + validating).sort(),
  };
}
