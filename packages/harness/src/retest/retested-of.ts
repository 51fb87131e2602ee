import type { Retested, VariantId } from "@metabench/core";
import { brokenAnswers, type Scored } from "../scoring/index.ts";

/** Metrics that are kept of a variant. */
const kept: ReadonlySet<string> = new Set(["accuracy", "macro F1"]);

/** What is kept of a scored variant: which answers were right, and the metrics. */
export function retestedOf(variant: VariantId, { result, metrics }: Scored): Retested {
  const chosen = metrics.filter(({ name }) => kept.has(name));
  if (result.kind === "multi-task")
    return {
      kind: result.kind,
      variant,
      tasks: result.tasks.map(({ id, correct }) => ({ id, correct })),
      metrics: chosen,
    };
  const headline = result.kind === "few-shot-classification" ? result.correct[0] : undefined;
  if (result.kind === "few-shot-regression" || headline === undefined || result.steps.length !== 1)
    throw brokenAnswers("a changed test was to be answered at one adaptation step");
  return { kind: result.kind, variant, correct: headline, metrics: chosen };
}
