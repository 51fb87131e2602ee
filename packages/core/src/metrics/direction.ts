/** Which way a metric improves. */
export type Direction = "higher" | "lower";

/** How much better `a` is than `b`, in the metric's unit; negative where it is worse. */
export function improvement(a: number, b: number, direction: Direction): number {
  return direction === "higher" ? a - b : b - a;
}
