import { MetabenchError } from "@metabench/core";
import type { AnswersMessage } from "../wire/index.ts";

/** What every answer of one few-shot test must agree in. */
export interface AnswerShape {
  readonly steps: readonly number[];
  readonly oneShot: boolean;
  readonly headlineStep: number;
}

/** A broken promise of the child: its answers are no use. */
export function brokenAnswers(what: string): MetabenchError {
  return new MetabenchError(
    "contract-broken",
    `The trial's answers to the test are not usable: ${what}. Run it again; if it stays, the plugin breaks its contract.`,
  );
}

/**
 * Collects few-shot answers that arrive in order, some episodes at a time.
 *
 * @param sizeOf numbers predicted a step in an episode
 */
export function collectAnswers<T extends Uint8Array | Float32Array>(
  episodes: number,
  sizeOf: (episode: number) => number,
) {
  let shape: AnswerShape | null = null;
  /** By step, by episode. */
  const predictions: T[][] = [];
  let next = 0;

  return {
    add({
      from,
      steps,
      oneShot,
      headlineStep,
      predictions: values,
    }: Extract<AnswersMessage, { steps: number[] }>): void {
      if (from !== next) throw brokenAnswers(`episode ${String(next)} was due, episode ${String(from)} came`);
      if (shape && shape.steps.join() !== steps.join())
        throw brokenAnswers("the adaptation steps change from episode to episode");
      if (!steps.includes(headlineStep)) throw brokenAnswers(`step ${String(headlineStep)} is missing`);
      shape = { steps, oneShot, headlineStep };
      let at = 0;
      while (at < values.length && next < episodes) {
        for (const index of steps.keys()) {
          const part = values.subarray(at, at + sizeOf(next)) as T;
          if (part.length !== sizeOf(next)) throw brokenAnswers(`episode ${String(next)} is cut short`);
          (predictions[index] ??= []).push(part);
          at += part.length;
        }
        next += 1;
      }
      if (at < values.length)
        throw brokenAnswers(`they continue after the last of ${String(episodes)} episodes`);
    },
    /** @throws MetabenchError `contract-broken` where an episode was not answered */
    all(): AnswerShape & { readonly predictions: readonly (readonly T[])[] } {
      if (next !== episodes || shape === null)
        throw brokenAnswers(`${String(next)} of ${String(episodes)} episodes were answered`);
      return { ...(shape as AnswerShape), predictions };
    },
  };
}
