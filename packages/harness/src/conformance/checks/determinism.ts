import { takeSnapshot } from "../../learner/index.ts";
import type { Check } from "../check.ts";
import { onAnotherDay } from "../another-day.ts";
import { changedAnswer, changedVariable } from "../difference.ts";
import { update } from "../update.ts";

const remedy =
  "draw from context.random alone (no Math.random(), no clock, no tf.random*), and keep nothing outside create()'s closure";

/** The same seed gives the same bits. */
export const determinism: Check = {
  name: "determinism",
  sentence: "Two learners with the same seed, trained on the same batches, are equal to the bit.",
  applies: "all",
  look({ make }) {
    const [one, other] = [make(), onAnotherDay(() => make())];
    const first = changedVariable(takeSnapshot(one.learner), takeSnapshot(other.learner));
    if (first !== null) return `Variable "${first}" differs between two learners of one seed; ${remedy}.`;
    const [losses, same] = [update(one, 2), onAnotherDay(() => update(other, 2))];
    if (JSON.stringify(losses) !== JSON.stringify(same))
      return `Losses of two learners of one seed differ on the same batches; ${remedy}.`;
    const trained = changedVariable(takeSnapshot(one.learner), takeSnapshot(other.learner));
    if (trained !== null)
      return `Variable "${trained}" differs after the same two updates of two learners of one seed; ${remedy}.`;
    const predicted = changedAnswer(
      one.ask(),
      onAnotherDay(() => other.ask()),
    );
    return predicted === null
      ? null
      : `Predictions (${predicted}) of two learners of one seed differ on the same task; ${remedy}.`;
  },
};
