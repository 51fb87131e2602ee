import { gather, type Tensor } from "@tensorflow/tfjs-core";
import type { MultiTaskBatch } from "@metabench/core";

/** The rows of a batch's inputs (or embeddings) that belong to a task: all of them where tasks share their examples. */
export function ownRows<T extends Tensor>(values: T, rows: MultiTaskBatch["rows"], task: string): T {
  const own = rows?.[task];
  return own ? gather(values, own) : values;
}
