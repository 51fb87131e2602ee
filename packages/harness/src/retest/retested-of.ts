import { metricsKept, type Retested, type VariantId } from "@metabench/core";
import { brokenAnswers, type Scored } from "../scoring/index.ts";

/** What is kept of a scored variant: which answers were right, and the metrics. */
export function retestedOf(variant: VariantId, { result, metrics }: Scored): Retested {
  const chosen = metrics.filter(({ name }) => metricsKept.includes(name));
  switch (result.kind) {
    case "multi-task":
      return {
        kind: result.kind,
        variant,
        tasks: result.tasks.map(({ id, correct }) => ({ id, correct })),
        metrics: chosen,
      };
    case "multi-task-own-examples":
      return { kind: result.kind, variant, tasks: result.tasks, metrics: chosen };
    case "few-shot-classification": {
      const [headline] = result.correct;
      if (headline === undefined || result.steps.length !== 1)
        throw brokenAnswers("a changed test was to be answered at one adaptation step");
      return { kind: result.kind, variant, correct: headline, metrics: chosen };
    }
    case "few-shot-regression":
      throw brokenAnswers("no variant changes a test of functions");
  }
}
