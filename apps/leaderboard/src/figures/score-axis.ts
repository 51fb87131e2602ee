import { scaleOf, type Scale } from "./scale.ts";

/** A score on its way to an axis. */
export interface AxisScore {
  readonly control: boolean;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** A scale of scores, and the side of it on which a score lies. */
export interface ScoreAxis extends Scale {
  side(score: number): "left" | "within" | "right";
}

/**
 * The axis on which methods can be told apart: it holds those that learn with their intervals, and controls only as far as they lie
 * among them, since chance beside accuracies of 94 to 98 % would leave all of these one dot. With fewer than two methods that learn it
 * holds all scores.
 *
 * @param width length on paper
 */
export function scoreAxis(scores: readonly AxisScore[], width: number): ScoreAxis {
  const learned = scores.filter(({ control }) => !control);
  const held = learned.length < 2 ? scores : learned;
  const scale = scaleOf(
    held.flatMap(({ low, high }) => [low, high]),
    width,
  );
  return {
    ...scale,
    side: (score) => (score < scale.low ? "left" : score > scale.high ? "right" : "within"),
  };
}
