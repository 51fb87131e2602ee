import { getKernel, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import type { KernelConfig } from "@tensorflow/tfjs-core";
import { MetabenchError } from "@metabench/core";
import { channelAffine, channelAffineGrad, trainingBatchNorm, trainingBatchNormGrad } from "./channels.ts";
import { conv2DBackpropFilter } from "./conv2d-backprop-filter.ts";
import { conv2DBackpropInput } from "./conv2d-backprop-input.ts";
import { leadingReduction } from "./leading-sum.ts";
import { maxPoolGrad } from "./max-pool-grad.ts";
import { reluGrad } from "./relu-grad.ts";
import { unsortedSegmentSum } from "./unsorted-segment-sum.ts";

/**
 * Gives the WebAssembly backend the kernels that training needs and it lacks, and faster ones
 * where its own would rule the time of a training step. To be called once, after the backend is loaded.
 *
 * @returns the names of the kernels.
 */
export function registerWasmKernels(): readonly string[] {
  const added = [
    conv2DBackpropFilter,
    unsortedSegmentSum,
    reluGrad,
    trainingBatchNorm,
    trainingBatchNormGrad,
    channelAffine,
    channelAffineGrad,
  ];
  const replaced = [
    conv2DBackpropInput(original("Conv2DBackpropInput")),
    leadingReduction(original("Sum")),
    leadingReduction(original("Mean")),
    maxPoolGrad,
  ];
  for (const { kernelName } of replaced) unregisterKernel(kernelName, "wasm");
  const kernels = [...added, ...replaced];
  for (const kernel of kernels) registerKernel(kernel);
  return kernels.map(({ kernelName }) => kernelName);
}

function original(name: string): KernelConfig {
  const found = getKernel(name, "wasm");
  // A kernel's set-up caches the call into WebAssembly when the backend starts; after that its function works without being registered.
  if (found === undefined)
    throw new MetabenchError(
      "backend-unavailable",
      `tfjs-backend-wasm has no kernel ${name}; run: npm ci --ignore-scripts`,
    );
  return found;
}
