import { mean } from "./mean.ts";

/**
 * Values per item that stand for a metric which is no mean over items, such as a ratio of sums.
 *
 * Value i is n·θ − (n − 1)·θ₋ᵢ, where θ₋ᵢ is the metric without item i. All are shifted so that their mean is θ itself, which
 * leaves out the jackknife's correction of bias, of order 1/n. Their variance divided by n estimates the variance of θ, so intervals
 * and paired differences treat them like plain values. Tukey 1958, https://doi.org/10.1214/aoms/1177706647
 *
 * @param whole the metric over all items
 * @param without the metric without item i
 */
export function pseudoValues(items: number, whole: number, without: (item: number) => number): number[] {
  const values = Array.from({ length: items }, (_, i) => items * whole - (items - 1) * without(i));
  const shift = whole - mean(values);
  return values.map((value) => value + shift);
}
