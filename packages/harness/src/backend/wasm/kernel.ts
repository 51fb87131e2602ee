import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { KernelConfig, Tensor, TensorInfo } from "@tensorflow/tfjs-core";

/** A kernel for the WebAssembly backend: its inputs as tensors, its attributes, the backend where raw memory is needed. */
export function kernel<Inputs extends string, Attributes>(
  kernelName: string,
  compute: (
    inputs: Readonly<Record<Inputs, Tensor>>,
    attributes: Attributes,
    backend: BackendWasm,
  ) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    // The registry erases types; the engine passes what each kernel's declaration in tfjs-core names.
    kernelFunc: ({ inputs, attrs, backend }) =>
      compute(inputs as Readonly<Record<Inputs, Tensor>>, attrs as Attributes, backend as BackendWasm),
  };
}

/** Runs `work` on a zeroed float32 output of `shape`; the views it gets stay valid because nothing is allocated meanwhile. */
export function fill(
  backend: BackendWasm,
  shape: number[],
  inputs: readonly TensorInfo[],
  work: (output: Float32Array, inputs: readonly Values[]) => void,
): TensorInfo {
  const output = backend.makeOutput(shape, "float32");
  const zeroed = (backend.typedArrayFromHeap(output) as Float32Array).fill(0);
  work(
    zeroed,
    inputs.map((info) => backend.typedArrayFromHeap(info)),
  );
  return output;
}

/** The numbers of a tensor of any type, in WebAssembly's memory. */
export type Values = Float32Array | Int32Array | Uint8Array;
