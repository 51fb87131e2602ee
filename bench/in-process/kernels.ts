import { inScope } from "@metabench/harness/learner";
import {
  engine,
  getKernelsForBackend,
  keep,
  randomNormal,
  type KernelFunc,
  type NamedAttrMap,
  type Tensor,
} from "@tensorflow/tfjs-core";
import type { Benchmark } from "./benchmark.ts";

/** Shape of the second block of Conv4-64 on an episode of 80 images. */
const maps: [number, number, number, number] = [80, 14, 14, 64];

const same = { strides: 1, pad: "same", dataFormat: "NHWC" };
const window = { filterSize: 2, strides: 2, pad: "valid" };
const epsilon = { varianceEpsilon: 1e-5 };

const random = (shape: readonly number[], seed: number): Tensor =>
  keep(randomNormal([...shape], 0, 1, "float32", seed));

type Runner = (name: string, inputs: Record<string, Tensor>, attributes: object) => unknown;

const run = (name: string, inputs: Record<string, Tensor>, attributes: object): Tensor[] =>
  [engine().runKernel<Tensor | Tensor[]>(name, inputs, attributes as NamedAttrMap)].flat();

interface Call {
  readonly kernel: string;
  readonly inputs: Record<string, Tensor>;
  readonly attributes: object;
}

const kernel = (name: string, call: () => Call, runner: Runner = run): Benchmark => ({
  group: "kernel",
  name,
  units: 1,
  prepare() {
    const { kernel, inputs, attributes } = call();
    return {
      run: () =>
        inScope(() => {
          runner(kernel, inputs, attributes);
        }),
      free: () => {
        for (const tensor of Object.values(inputs)) tensor.dispose();
      },
    };
  },
});

const perChannel = (seed: number) => random([64], seed);
const x = () => random(maps, 1);
const dy = () => random(maps, 2);
const filter = () => random([3, 3, 64, 64], 3);
const half = () => random([80, 7, 7, 64], 4);

/** Outputs that stay until they are disposed of. */
const outputs = (name: string, inputs: Record<string, Tensor>, attributes: object): Tensor[] =>
  run(name, inputs, attributes).map((tensor) => keep(tensor));

/** Kernels that stock tfjs has too, on the shapes of Conv4-64's second block. */
const shared: Readonly<Record<string, () => Call>> = {
  convolution: () => ({
    kernel: "Conv2D",
    inputs: { x: x(), filter: filter() },
    attributes: { ...same, dilations: 1 },
  }),
  "convolution, gradient to its input": () => ({
    kernel: "Conv2DBackpropInput",
    inputs: { dy: dy(), filter: filter() },
    attributes: { ...same, inputShape: maps },
  }),
  "convolution, gradient to its filter": () => ({
    kernel: "Conv2DBackpropFilter",
    inputs: { x: x(), dy: dy() },
    attributes: { ...same, filterShape: [3, 3, 64, 64] },
  }),
  "max pooling": () => ({ kernel: "MaxPool", inputs: { x: x() }, attributes: window }),
  "max pooling, gradient": () => {
    const input = x();
    const [output = input] = outputs("MaxPool", { x: input }, window);
    return { kernel: "MaxPoolGrad", inputs: { dy: half(), input, output }, attributes: window };
  },
  "sum over a batch": () => ({
    kernel: "Sum",
    inputs: { x: x() },
    attributes: { axis: [0, 1, 2], keepDims: false },
  }),
};

/** Kernels that stock tfjs composes of others. */
const own: readonly Benchmark[] = [
  kernel("ReLU, gradient", () => ({ kernel: "ReluGrad", inputs: { dy: dy(), x: x() }, attributes: {} })),
  kernel("training batch norm", () => ({
    kernel: "FusedTrainingBatchNorm",
    inputs: { x: x(), scale: perChannel(5), offset: perChannel(6) },
    attributes: epsilon,
  })),
  kernel("training batch norm, gradient", () => {
    const inputs = { x: x(), scale: perChannel(5), offset: perChannel(6) };
    const [y, mean, variance] = outputs("FusedTrainingBatchNorm", inputs, epsilon);
    y?.dispose();
    inputs.offset.dispose();
    if (mean === undefined || variance === undefined) throw new Error("batch norm gave no statistics");
    return {
      kernel: "FusedTrainingBatchNormGrad",
      inputs: { dy: dy(), x: inputs.x, scale: inputs.scale, mean, variance },
      attributes: epsilon,
    };
  }),
];

/** Kernels by name, as tfjs-node registered them. */
export type StockKernels = ReadonlyMap<string, KernelFunc>;

/**
 * The kernels that stock tfjs-node has, to be taken before the backend is started: starting it puts others in their place.
 *
 * tfjs-node must have been loaded.
 */
export const stockKernels = (): StockKernels =>
  new Map(getKernelsForBackend("tensorflow").map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]));

/** Kernels of training, each beside tfjs-node's own. */
export function kernels(stock: StockKernels): readonly Benchmark[] {
  const runStock: Runner = (name, inputs, attrs) =>
    stock.get(name)?.({ inputs, attrs: attrs as NamedAttrMap, backend: engine().backend });
  return [
    ...Object.entries(shared).flatMap(([name, call]) => [
      kernel(name, call),
      kernel(`${name}, stock`, call, runStock),
    ]),
    ...own,
  ];
}
