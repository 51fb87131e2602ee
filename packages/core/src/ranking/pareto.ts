import { improvement } from "../metrics/direction.ts";
import type { Direction } from "../metrics/direction.ts";

/** What a method reaches and what it costs. */
export interface ScoreAndTime {
  readonly score: number;
  /** In any one unit; less is better. */
  readonly time: number;
}

/**
 * The methods that no other beats in score or time without losing in the other, quickest first. Two methods equal in
 * both are both kept.
 */
export function paretoFront<Method extends ScoreAndTime>(
  methods: readonly Method[],
  direction: Direction,
): Method[] {
  const dominates = (a: Method, b: Method) => {
    const gain = improvement(a.score, b.score, direction);
    return gain >= 0 && a.time <= b.time && (gain > 0 || a.time < b.time);
  };
  return methods
    .filter((method) => !methods.some((other) => dominates(other, method)))
    .toSorted((a, b) => a.time - b.time);
}
