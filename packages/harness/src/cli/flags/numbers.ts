import { InvalidArgumentError } from "commander";

/** A whole number of at least one. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError(`Give a whole number of at least 1, not "${text}".`);
}

/** A number above zero. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError(`Give a number above 0, not "${text}".`);
}

/** A timer goes off at once where it is set to more milliseconds than 2³¹ − 1, some 24 days. */
const longestSeconds = (2 ** 31 - 1) / 1000;

/** Reads a time limit; `secondsEach` is its unit. Refuses limits that are too long for a timer. */
export const timeLimit =
  (secondsEach: number) =>
  (text: string): number => {
    const value = positiveNumber(text);
    const most = Math.floor(longestSeconds / secondsEach);
    if (value <= most) return value;
    throw new InvalidArgumentError(`Give at most ${String(most)}, which is 24 days, not "${text}".`);
  };

/** Training seeds: `0,1,2`, each once. */
export function seeds(text: string): readonly number[] {
  const values = text.split(",").map((part) => part.trim());
  const wrong = values.find((value) => !/^\d{1,15}$/.test(value));
  if (wrong !== undefined)
    throw new InvalidArgumentError(
      `Give whole numbers separated by commas, such as 0,1,2; "${wrong}" is not one.`,
    );
  const numbers = values.map(Number);
  if (new Set(numbers).size < numbers.length)
    throw new InvalidArgumentError(`Name each seed once, not "${text}".`);
  return numbers;
}
