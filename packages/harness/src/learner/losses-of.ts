import { MetabenchError } from "@metabench/core";
import { Tensor } from "@tensorflow/tfjs-core";
import { assertHeld, inWords, unexpected } from "./unexpected.ts";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" &&
  value !== null &&
  !(value instanceof Tensor || "then" in value || Symbol.iterator in value);

/**
 * The losses that one update returned, read from the backend: numbers by name.
 *
 * @throws MetabenchError `contract-broken` where they are no named scalars
 */
export function lossesOf(returned: unknown): Readonly<Record<string, number>> {
  if (!isRecord(returned)) throw unexpected("train()", "its losses by name, such as { loss }", returned);
  const losses: Record<string, number> = {};
  for (const [name, loss] of Object.entries(returned)) {
    if (!(loss instanceof Tensor))
      throw new MetabenchError(
        "contract-broken",
        `Loss "${name}" that train() returned is ${inWords(loss)}; return a scalar tensor.`,
      );
    if (loss.size !== 1)
      throw new MetabenchError(
        "contract-broken",
        `Loss "${name}" has shape [${loss.shape.join(", ")}]; return the mean, a scalar.`,
      );
    assertHeld(loss, `train() returned a loss "${name}"`);
    losses[name] = loss.dataSync()[0] ?? NaN;
  }
  return losses;
}
