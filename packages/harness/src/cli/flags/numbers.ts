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

/** Training seeds: `0,1,2`, each once. */
export function seeds(text: string): readonly number[] {
  const values = text.split(",").map((part) => part.trim());
  const wrong = values.find((value) => !/^\d{1,15}$/.test(value));
  if (wrong !== undefined)
    throw new InvalidArgumentError(
      `Give whole numbers with commas between them, such as 0,1,2; "${wrong}" is none.`,
    );
  const numbers = values.map(Number);
  if (new Set(numbers).size < numbers.length)
    throw new InvalidArgumentError(`Name each seed once, not "${text}".`);
  return numbers;
}
