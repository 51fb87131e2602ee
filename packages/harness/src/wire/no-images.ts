import { MetabenchError, type Protocol } from "@metabench/core";

/** Says that a protocol's inputs are no images. */
export function nothingToSee(kind: Protocol["kind"]): MetabenchError {
  return new MetabenchError(
    "invalid-protocol",
    `A trial of ${kind} has no images to explain; choose one of few-shot classification or multi-task learning.`,
  );
}
