export { stopGradient } from "./engine.ts";
export { adaptiveStart, adaptiveStep } from "./adaptive-step.ts";
export { unflatten } from "./optimisers/flat.ts";
export type { AdaptiveState } from "./adaptive-step.ts";
export { choleskyFactor, solveFactored } from "./cholesky.ts";
export { descend, descendEach, descendLoss, iterate } from "./descend.ts";
export { gradient, meanValueAndGradient, perTaskGradients, valueAndGradient } from "./gradient.ts";
export type { GradientOptions, PerTaskGradients, ValueAndGradient } from "./gradient.ts";
export { fanInUniform, glorotUniform, uniform } from "./initialisers.ts";
export type { UniformSource } from "./initialisers.ts";
export { batchNorm, moments } from "./layers/batch-norm.ts";
export type { BatchNormWeights, ChannelStatistics, Normalised } from "./layers/batch-norm.ts";
export { convBlock } from "./layers/conv-block.ts";
export type { ConvBlockWeights } from "./layers/conv-block.ts";
export { convolution } from "./layers/convolution.ts";
export type { ConvolutionOptions, ConvolutionWeights } from "./layers/convolution.ts";
export { leakyRelu } from "./layers/leaky-relu.ts";
export { linear } from "./layers/linear.ts";
export type { LinearWeights } from "./layers/linear.ts";
export { lstmCell } from "./layers/lstm-cell.ts";
export type { LstmState } from "./layers/lstm-cell.ts";
export { maxPool } from "./layers/max-pool.ts";
export type { MaxPoolOptions } from "./layers/max-pool.ts";
export { pooledConvolution } from "./layers/pooled-convolution.ts";
export { relu } from "./layers/relu.ts";
export { selfAttention } from "./layers/self-attention.ts";
export type { SelfAttentionWeights } from "./layers/self-attention.ts";
export { stackedLinear } from "./layers/stacked-linear.ts";
export type { StackedLinearWeights } from "./layers/stacked-linear.ts";
export { crossEntropy, meanSquaredError } from "./losses.ts";
export { lossOf } from "./loss-of.ts";
export { mixedLoss } from "./mixed-loss.ts";
export { adam } from "./optimisers/adam.ts";
export type { AdamOptions } from "./optimisers/adam.ts";
export type { Optimiser, RateOptions } from "./optimisers/optimiser.ts";
export { sgd } from "./optimisers/sgd.ts";
export type { SgdOptions } from "./optimisers/sgd.ts";
export { positiveDefiniteInverse } from "./positive-definite-inverse.ts";
export { ridgeRegression } from "./ridge-regression.ts";
export { installSecondOrder } from "./second-order.ts";
export {
  cloneTree,
  disposeTree,
  fromLeaves,
  joinTrees,
  leaves,
  map,
  named,
  repeat,
  tidyTree,
  variables,
  zip,
} from "./tree.ts";
export type { Weights } from "./tree.ts";
export { unitLength } from "./unit-length.ts";
