import { tensor } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

/** Any source of uniform numbers in [0, 1): the seeded random stream that a learner is given. */
export interface UniformSource {
  /** The next number in [0, 1). */
  uniform(): number;
}

/**
 * Independent values from U(−limit, limit). Drawn in JavaScript from the stream, in row-major order and rounded to float32 once, so that
 * every backend starts from the same bits. The caller names the rank: `uniform<Tensor2D>(random, [3, 4], 0.1)`.
 */
export function uniform<T extends Tensor>(random: UniformSource, shape: T["shape"], limit: number): T {
  const size = shape.reduce((product: number, extent: number) => product * extent, 1);
  const values = Float32Array.from({ length: size }, () => (2 * random.uniform() - 1) * limit);
  return tensor(values, shape, "float32") as T;
}

/**
 * PyTorch's default for linear and convolutional layers, weights and biases: U(±1/√fanIn) (`kaiming_uniform_` with a = √5).
 * https://pytorch.org/docs/stable/generated/torch.nn.Linear.html
 */
export function fanInUniform<T extends Tensor>(random: UniformSource, shape: T["shape"], fanIn: number): T {
  return uniform<T>(random, shape, 1 / Math.sqrt(fanIn));
}

/**
 * U(±√(6 / (fanIn + fanOut))). Glorot and Bengio 2010, equation 16. https://proceedings.mlr.press/v9/glorot10a.html
 */
export function glorotUniform<T extends Tensor>(
  random: UniformSource,
  shape: T["shape"],
  fanIn: number,
  fanOut: number,
): T {
  return uniform<T>(random, shape, Math.sqrt(6 / (fanIn + fanOut)));
}
