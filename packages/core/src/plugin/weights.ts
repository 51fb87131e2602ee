import type { Tensor, Variable } from "@tensorflow/tfjs-core";

/** A tree of tensors (records, lists), such as `{ body: { kernel, bias }, head: { … } }`: the weights of a network, by name. */
export type Weights = Tensor | readonly Weights[] | { readonly [name: string]: Weights };

/** Variables by path, for instance `"body.block1.kernel"`. */
export type Variables = Readonly<Record<string, Variable>>;

/**
 * Everything of a learner that must survive a call.
 *
 * The harness saves and restores both, and counts `parameters`. A variable that is in neither breaks the contract.
 */
export interface ParameterSet {
  /** The variables that training changes. */
  readonly parameters: Variables;
  /** Other variables that training needs: optimiser moments, running statistics, memories. */
  readonly state: Variables;
}
