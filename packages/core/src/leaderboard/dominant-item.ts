import { mean } from "../statistics/index.ts";
import type { Flag } from "./flag.ts";
import type { Headline } from "./leaderboard.ts";
import type { Items } from "./measurements.ts";

/** Part of the variance above which one item decides how wide an interval is. */
const largestPart = 0.25;
/** Of fewer items one is often far from the rest: of 50 normal values the largest part is about 0.15 on average. */
const fewestItems = 50;

/** Mean of each item over seeds. */
function overSeeds(matrix: readonly Items[]): number[] {
  const [first = []] = matrix;
  return first.map((_, item) => mean(matrix.map((row) => row[item] ?? 0)));
}

/** A warning where one episode or example carries more than a quarter of Σ (value − mean)² over the items. */
export function dominantItem(matrix: readonly Items[], { over, unit }: Headline): Flag | null {
  const values = overSeeds(matrix);
  if (values.length < fewestItems) return null;
  const centre = mean(values);
  const squares = values.map((value) => (value - centre) ** 2);
  const largest = squares.reduce((most, square) => Math.max(most, square), 0);
  const part = largest / squares.reduce((sum, square) => sum + square, 0);
  if (!(part > largestPart)) return null;
  const worth = (value: number) =>
    unit === "share" ? `${(100 * value).toFixed(1)} %` : String(Number(value.toPrecision(3)));
  const item = over.replace(/s$/, "");
  return {
    code: "dominant-item",
    text: `One ${item} causes ${(100 * part).toFixed(0)} % of the variance (its value is ${worth(values[squares.indexOf(largest)] ?? 0)}, the mean ${worth(centre)}): interval, rank and ties depend on it.`,
  };
}
