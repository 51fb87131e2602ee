import { engine, fill, getKernel, registerKernel, tidy, unregisterKernel } from "@tensorflow/tfjs-core";
import type { NamedAttrMap, NamedTensorInfoMap, Tensor } from "@tensorflow/tfjs-core";
import { batchNormKernels } from "./batch-norm.ts";
import { convolutionKernels, groupedConvolutionKernels } from "./convolution.ts";
import { crossEntropyKernel } from "./cross-entropy.ts";
import { maxPoolKernels } from "./max-pool.ts";
import { reductionKernels, registerReductionGradients } from "./reductions.ts";
import { registerReluGradients, reluGradient } from "./relu-gradient.ts";
import { sharingKernels } from "./shared-data.ts";
import { onGpu } from "./tensorflow-ops.ts";
import type { Inputs, NativeKernel, StockKernel } from "./tensorflow-ops.ts";

const backendName = "tensorflow";
let registered: readonly string[] | undefined;

/** A kernel as tfjs-node registered it. */
function stock(name: string): StockKernel {
  const { kernelFunc } = getKernel(name, backendName);
  return (inputs, attrs) =>
    kernelFunc({ inputs: { ...inputs } as NamedTensorInfoMap, attrs, backend: engine().backend });
}

/** Puts a kernel in place and returns how to put things back. */
function install({ name, run }: NativeKernel): () => void {
  const before = getKernel(name, backendName) as ReturnType<typeof getKernel> | undefined;
  if (before !== undefined) unregisterKernel(name, backendName);
  registerKernel({
    kernelName: name,
    backendName,
    // tfjs hands over a kernel's named inputs; a missing one would be a bug in the caller that TensorFlow reports.
    kernelFunc: ({ inputs, attrs = {} }) => run(inputs as unknown as Inputs, attrs),
  });
  return () => {
    unregisterKernel(name, backendName);
    if (before !== undefined) registerKernel(before);
  };
}

function kernel(name: string, inputs: Record<string, Tensor>, attributes: object): Tensor[] {
  return [engine().runKernel<Tensor | Tensor[]>(name, inputs, attributes as NamedAttrMap)].flat();
}

/** A family of kernels and a use of them that shows whether this build of TensorFlow has what they need. */
interface Family {
  readonly kernels: readonly NativeKernel[];
  readonly probe: () => void;
  readonly cpuOnly: boolean;
  readonly then?: () => void;
}

function families(): readonly Family[] {
  const images = (): Tensor => fill([2, 4, 4, 8], 1);
  const perChannel = (value: number): Tensor => fill([8], value);
  return [
    {
      kernels: convolutionKernels(stock),
      cpuOnly: true,
      probe: () => {
        const common = { strides: 1, pad: "same", dataFormat: "NHWC" };
        const x = images();
        const filter: Tensor = fill([3, 3, 8, 8], 1);
        const [dy = x] = kernel("Conv2D", { x, filter }, { ...common, dilations: 1 });
        kernel("Conv2DBackpropInput", { dy, filter }, { ...common, inputShape: x.shape });
        kernel("Conv2DBackpropFilter", { x, dy }, { ...common, filterShape: filter.shape });
      },
    },
    {
      kernels: groupedConvolutionKernels,
      cpuOnly: true,
      probe: () => {
        const common = { strides: 1, pad: "same", dataFormat: "NHWC", dilations: 1 };
        const x = images();
        const filter: Tensor = fill([3, 3, 4, 8], 1);
        const [dy = x] = kernel("GroupedConv2D", { x, filter }, common);
        kernel("GroupedConv2DBackpropInput", { dy, filter }, { ...common, inputShape: x.shape });
        kernel("GroupedConv2DBackpropFilter", { x, dy }, { ...common, filterShape: filter.shape });
      },
    },
    {
      kernels: maxPoolKernels(stock),
      cpuOnly: true,
      probe: () => {
        const window = { filterSize: 2, strides: 2, pad: "valid" };
        const x = images();
        const [y = x, workspace = x] = kernel("MaxPoolWithWorkspace", { x }, window);
        kernel("MaxPoolWithWorkspaceGrad", { dy: y, x, y, workspace }, window);
        kernel("MaxPoolGrad", { dy: y, input: x, output: y }, window);
      },
    },
    {
      kernels: batchNormKernels,
      cpuOnly: true,
      probe: () => {
        const x = images();
        const scale = perChannel(1);
        const epsilon = { varianceEpsilon: 1e-5 };
        const [y = x, mean = scale, variance = scale] = kernel(
          "FusedTrainingBatchNorm",
          { x, scale, offset: perChannel(0) },
          epsilon,
        );
        kernel("FusedTrainingBatchNormGrad", { dy: y, x, scale, mean, variance }, epsilon);
        kernel("ChannelAffine", { x, centre: mean, scale, offset: mean }, {});
        kernel("ChannelAffineGrad", { dy: y, x, centre: mean, scale }, {});
      },
    },
    {
      kernels: [reluGradient],
      cpuOnly: false,
      probe: () => {
        kernel("ReluGrad", { dy: images(), x: images() }, {});
      },
      then: registerReluGradients,
    },
    {
      kernels: [crossEntropyKernel],
      cpuOnly: false,
      probe: () => {
        kernel("SparseSoftmaxCrossEntropy", { logits: fill([2, 8], 1), labels: fill([2], 0, "int32") }, {});
      },
    },
    {
      kernels: [...reductionKernels(stock), ...sharingKernels(stock)],
      cpuOnly: false,
      probe: () => {
        for (const axis of [[0, 1, 2], [3]])
          for (const name of ["Sum", "Mean"]) kernel(name, { x: images() }, { axis, keepDims: false });
        kernel("Cast", { x: images() }, { dtype: "float32" });
        for (const shape of [
          [2, 4, 4, 8],
          [32, 8],
        ])
          kernel("Reshape", { x: images() }, { shape });
      },
      then: registerReductionGradients,
    },
  ];
}

/**
 * Replaces kernels of native TensorFlow by faster ones, under tfjs' own names, so that every plugin gains without knowing, and adds some
 * of the suite's own. A family that this build of TensorFlow does not have leaves the stock kernels in place, and a graphics
 * card keeps its own convolutions, pooling and normalisation. The backend `tensorflow` must be the current one.
 *
 * @returns names of the kernels in use. Calling it again changes nothing.
 */
export function registerKernels(): readonly string[] {
  if (registered !== undefined) return registered;
  const inUse: string[] = [];
  for (const { kernels, probe, cpuOnly, then } of families()) {
    if (cpuOnly && onGpu()) continue;
    const undo = kernels.map(install);
    try {
      tidy(probe);
      then?.();
      inUse.push(...kernels.map(({ name }) => name));
    } catch {
      for (const back of undo) back();
    }
  }
  registered = inUse;
  return registered;
}
