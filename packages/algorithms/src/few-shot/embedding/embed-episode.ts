import { concat, slice, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import type { Episode, SupportSet } from "@metabench/core";

/** A training episode after its embedding: the support set, and the queries `[n, …]`. */
export interface EmbeddedEpisode<T extends Tensor> {
  readonly support: SupportSet<T>;
  readonly queries: T;
}

/** Embeds support and queries in one batch, so that in training they share its normalisation statistics. */
export function embedEpisode<T extends Tensor>(
  embed: (images: Tensor4D) => T,
  { support, query }: Episode,
): EmbeddedEpisode<T> {
  const count = support.inputs.shape[0];
  const both = embed(concat<Tensor4D>([support.inputs, query.inputs]));
  const rows = (from: number, size: number): T =>
    slice(both, [from, ...both.shape.slice(1).map(() => 0)], [size, ...both.shape.slice(1).map(() => -1)]);
  return { support: { ...support, inputs: rows(0, count) }, queries: rows(count, -1) };
}
