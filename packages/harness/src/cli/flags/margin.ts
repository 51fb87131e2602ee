import type { MarginChoice } from "@metabench/core";
import { InvalidArgumentError } from "commander";

/**
 * The smallest loss that matters: `auto`, percentage points (`1.5`) for shares such as accuracy, or percent of the baseline's error (`5%`)
 * for errors. It may be given once of each.
 */
export function margin(text: string, earlier: MarginChoice = {}): MarginChoice {
  if (text === "auto") return earlier;
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim()) ?? [];
  const value = Number(number) / 100;
  if (!(value > 0 && value < 1))
    throw new InvalidArgumentError(
      `Give auto, points between 0 and 100 such as 1.5, or percent of an error such as 5%, not "${text}".`,
    );
  return percent === "%" ? { ...earlier, ratio: value } : { ...earlier, points: value };
}
