import { describe, expect, it } from "vitest";
import type { AnswersMessage } from "../wire/index.ts";
import { collectAnswers } from "./answers.ts";

type Sent = Extract<AnswersMessage, { kind: "few-shot-classification" }>;

/** Answers to three episodes of 2, 1 and 2 queries, at steps 0 and 3. */
const collected = () => collectAnswers<Uint8Array>(3, (episode) => [2, 1, 2][episode] ?? 0);
const sent = (from: number, predictions: readonly number[], changed: Partial<Sent> = {}): Sent => ({
  type: "answers",
  kind: "few-shot-classification",
  from,
  steps: [0, 3],
  oneShot: false,
  headlineStep: 3,
  predictions: Uint8Array.from(predictions),
  logProbabilities: new Float32Array(),
  ...changed,
});

it("sorts answers by step and episode, whatever the messages they came in", () => {
  const expected = {
    steps: [0, 3],
    headlineStep: 3,
    oneShot: false,
    predictions: [
      [Uint8Array.of(1, 2), Uint8Array.of(5), Uint8Array.of(7, 8)],
      [Uint8Array.of(3, 4), Uint8Array.of(6), Uint8Array.of(9, 10)],
    ],
  };
  const pieces = collected();
  pieces.add(sent(0, [1, 2, 3, 4, 5, 6]));
  pieces.add(sent(2, [7, 8, 9, 10]));
  expect(pieces.all()).toEqual(expected);
  const whole = collected();
  whole.add(sent(0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  expect(whole.all()).toEqual(expected);
});

describe("answers that are not usable are refused", () => {
  const good = sent(0, [1, 2, 3, 4]);
  it.each<[string, readonly Sent[], RegExp]>([
    ["out of order", [good, sent(2, [7, 8, 9, 10])], /episode 1 was due, episode 2 came/],
    ["given twice", [good, good], /episode 1 was due, episode 0 came/],
    ["cut short", [sent(0, [1, 2, 3])], /episode 0 is cut short/],
    ["too many", [sent(0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])], /continue after the last of 3 episodes/],
    ["at changing steps", [good, sent(1, [5, 6], { steps: [0, 2], headlineStep: 2 })], /steps change/],
    ["without the headline", [sent(0, [1, 2, 3, 4], { headlineStep: 5 })], /step 5 is missing/],
    ["missing", [good], /1 of 3 episodes were answered/],
    ["missing whole", [], /0 of 3/],
  ])("%s", (_, messages, says) => {
    const answers = collected();
    expect(() => {
      for (const message of messages) answers.add(message);
      answers.all();
    }).toThrow(expect.objectContaining({ code: "contract-broken", message: expect.stringMatching(says) }));
  });
});
