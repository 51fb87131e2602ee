import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { kernel } from "./kernel.ts";

/*
 * Kernels over [n, height, width, channels] with one number a channel. Composed of tfjs' operations each would pass over the whole tensor
 * a dozen times; here it is once or twice. What they compute is defined by the kernels of the same names for native TensorFlow.
 */

/** A tensor as rows of channels, and a vector with a number a channel. */
type Numbers = Float32Array;

function read(backend: BackendWasm, info: TensorInfo): Numbers {
  return backend.typedArrayFromHeap(info) as Numbers;
}

/** Allocates outputs and gives views of them. Views of inputs must be taken after it, because memory may move when it grows. */
function outputs(backend: BackendWasm, shapes: readonly number[][]): readonly TensorInfo[] {
  return shapes.map((shape) => backend.makeOutput(shape, "float32"));
}

/** `target = b · v + c`, channel by channel. */
function affine(target: Numbers, v: Numbers, b: Float64Array, c: Float64Array): void {
  const channels = b.length;
  for (let start = 0; start < target.length; start += channels) {
    for (let k = 0; k < channels; k++) target[start + k] = (b[k] ?? 0) * (v[start + k] ?? 0) + (c[k] ?? 0);
  }
}

/** `target = a · u + b · v + c`, channel by channel. */
function combine(
  target: Numbers,
  [u, v]: readonly [Numbers, Numbers],
  [a, b, c]: readonly [Float64Array, Float64Array, Float64Array],
): void {
  const channels = a.length;
  for (let start = 0; start < target.length; start += channels) {
    for (let k = 0; k < channels; k++) {
      const at = start + k;
      target[at] = (a[k] ?? 0) * (u[at] ?? 0) + (b[k] ?? 0) * (v[at] ?? 0) + (c[k] ?? 0);
    }
  }
}

/** Σ dy and Σ dy (x − centre) by channel, in float64. */
function sums(dy: Numbers, x: Numbers, centre: ArrayLike<number>): readonly [Float64Array, Float64Array] {
  const channels = centre.length;
  const [plain, weighted] = [new Float64Array(channels), new Float64Array(channels)];
  for (let start = 0; start < dy.length; start += channels) {
    for (let k = 0; k < channels; k++) {
      const value = dy[start + k] ?? 0;
      plain[k] = (plain[k] ?? 0) + value;
      weighted[k] = (weighted[k] ?? 0) + value * ((x[start + k] ?? 0) - (centre[k] ?? 0));
    }
  }
  return [plain, weighted];
}

/** Mean and biased variance by channel, in float64 and two passes. */
function moments(x: Numbers, channels: number): readonly [Float64Array, Float64Array] {
  const count = x.length / channels;
  const [mean, variance] = [new Float64Array(channels), new Float64Array(channels)];
  for (let start = 0; start < x.length; start += channels) {
    for (let k = 0; k < channels; k++) mean[k] = (mean[k] ?? 0) + (x[start + k] ?? 0);
  }
  for (let k = 0; k < channels; k++) mean[k] = (mean[k] ?? 0) / count;
  for (let start = 0; start < x.length; start += channels) {
    for (let k = 0; k < channels; k++) {
      const difference = (x[start + k] ?? 0) - (mean[k] ?? 0);
      variance[k] = (variance[k] ?? 0) + difference * difference;
    }
  }
  for (let k = 0; k < channels; k++) variance[k] = (variance[k] ?? 0) / count;
  return [mean, variance];
}

function perChannel(channels: number, value: (k: number) => number): Float64Array {
  return Float64Array.from({ length: channels }, (_, k) => value(k));
}

/** `{x, scale, offset; varianceEpsilon}` → output, mean and biased variance of the batch. */
export const trainingBatchNorm: KernelConfig = kernel<
  "x" | "scale" | "offset",
  { readonly varianceEpsilon: number }
>("FusedTrainingBatchNorm", ({ x, scale, offset }, { varianceEpsilon }, backend) => {
  const infos = outputs(backend, [x.shape, scale.shape, scale.shape]);
  const [y, meanOut, varianceOut] = infos.map((info) => read(backend, info)) as [Numbers, Numbers, Numbers];
  const [input, gain, shift] = [read(backend, x), read(backend, scale), read(backend, offset)];
  const channels = gain.length;
  const [mean, variance] = moments(input, channels);
  const slope = perChannel(channels, (k) => (gain[k] ?? 0) / Math.sqrt((variance[k] ?? 0) + varianceEpsilon));
  affine(
    y,
    input,
    slope,
    perChannel(channels, (k) => (shift[k] ?? 0) - (slope[k] ?? 0) * (mean[k] ?? 0)),
  );
  meanOut.set(mean);
  varianceOut.set(variance);
  return [...infos];
});

/**
 * `{dy, x, scale, mean, variance; varianceEpsilon}` → `[dx, dScale, dOffset]`, with x̂ = (x − μ) r and r = (σ² + ε)^−½:
 * dx = γ r (dy − mean dy − x̂ mean(dy x̂)), dγ = Σ dy x̂, dβ = Σ dy (Ioffe and Szegedy 2015, section 3).
 */
export const trainingBatchNormGrad: KernelConfig = kernel<
  "dy" | "x" | "scale" | "mean" | "variance",
  { readonly varianceEpsilon: number }
>("FusedTrainingBatchNormGrad", ({ dy, x, scale, mean, variance }, { varianceEpsilon }, backend) => {
  const infos = outputs(backend, [x.shape, scale.shape, scale.shape]);
  const [dx, dScale, dOffset] = infos.map((info) => read(backend, info)) as [Numbers, Numbers, Numbers];
  const [cotangent, input, gain, centre, spread] = [dy, x, scale, mean, variance].map((info) =>
    read(backend, info),
  ) as [Numbers, Numbers, Numbers, Numbers, Numbers];
  const channels = gain.length;
  const count = input.length / channels;
  const [plain, weighted] = sums(cotangent, input, centre);
  const r = perChannel(channels, (k) => 1 / Math.sqrt((spread[k] ?? 0) + varianceEpsilon));
  const slope = perChannel(channels, (k) => (gain[k] ?? 0) * (r[k] ?? 0));
  const along = perChannel(
    channels,
    (k) => (-(slope[k] ?? 0) * (r[k] ?? 0) ** 2 * (weighted[k] ?? 0)) / count,
  );
  const shift = perChannel(
    channels,
    (k) => (-(slope[k] ?? 0) * (plain[k] ?? 0)) / count - (along[k] ?? 0) * (centre[k] ?? 0),
  );
  combine(dx, [cotangent, input], [slope, along, shift]);
  dScale.set(perChannel(channels, (k) => (r[k] ?? 0) * (weighted[k] ?? 0)));
  dOffset.set(plain);
  return [...infos];
});

/** `{x, centre, scale, offset}` → `(x − centre) · scale + offset`. */
export const channelAffine: KernelConfig = kernel<"x" | "centre" | "scale" | "offset", unknown>(
  "ChannelAffine",
  ({ x, centre, scale, offset }, _, backend) => {
    const [info] = outputs(backend, [x.shape]) as [TensorInfo];
    const [gain, middle, shift] = [read(backend, scale), read(backend, centre), read(backend, offset)];
    const constant = perChannel(scale.size, (k) => (shift[k] ?? 0) - (gain[k] ?? 0) * (middle[k] ?? 0));
    affine(read(backend, info), read(backend, x), Float64Array.from(gain), constant);
    return info;
  },
);

/** `{dy, x, centre, scale}` → `[dy · scale, Σ dy (x − centre), Σ dy]`. */
export const channelAffineGrad: KernelConfig = kernel<"dy" | "x" | "centre" | "scale", unknown>(
  "ChannelAffineGrad",
  ({ dy, x, centre, scale }, _, backend) => {
    const infos = outputs(backend, [x.shape, scale.shape, scale.shape]);
    const [dx, dScale, dOffset] = infos.map((info) => read(backend, info)) as [Numbers, Numbers, Numbers];
    const [cotangent, input, middle] = [read(backend, dy), read(backend, x), read(backend, centre)];
    const [plain, weighted] = sums(cotangent, input, middle);
    affine(dx, cotangent, Float64Array.from(read(backend, scale)), new Float64Array(scale.size));
    dScale.set(weighted);
    dOffset.set(plain);
    return [...infos];
  },
);
