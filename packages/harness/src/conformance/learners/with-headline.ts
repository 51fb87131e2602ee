import type { Adaptation } from "@metabench/core";

/** Steps to look at, in order: the ones asked for, and the headline, without which no adaptation counts as whole. */
export const withHeadline = (
  { adaptationSteps }: Adaptation,
  steps: readonly number[] = [],
): readonly number[] => [...new Set([...steps, adaptationSteps])].sort((a, b) => a - b);
