import type { Tensor, Variable } from "@tensorflow/tfjs-core";

/** A tree of tensors (records, lists), such as `{ body: { kernel, bias }, head: { … } }`: the weights of a network, by name. */
export type Weights = Tensor | readonly Weights[] | { readonly [name: string]: Weights };

/** Variables by path, for instance `"body.block1.kernel"`. */
export type Variables = Readonly<Record<string, Variable>>;

/**
 * Everything of a learner that must outlive a call.
 *
 * The harness counts `parameters`, and saves and restores both; a variable in neither is a broken contract.
 */
export interface ParameterSet {
  /** What is learned. */
  readonly parameters: Variables;
  /** What learning needs besides: optimiser moments, running statistics, memories. */
  readonly state: Variables;
}
