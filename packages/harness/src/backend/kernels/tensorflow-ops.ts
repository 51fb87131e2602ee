import { backend, keep, tensor1d } from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor, TensorInfo } from "@tensorflow/tfjs-core";

/** The parts of tfjs-node's backend that run TensorFlow operations. */
interface OperationRunner {
  readonly isUsingGpuDevice: boolean;
  readonly binding: Readonly<Record<string, number>>;
  executeSingleOutput(name: string, attributes: readonly Attribute[], inputs: readonly TensorInfo[]): Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorInfo[],
    outputs: number,
  ): Tensor[];
}

/** An attribute of a TensorFlow operation. */
export interface Attribute {
  readonly name: string;
  readonly type: number | undefined;
  readonly value: unknown;
}

function runner(): OperationRunner {
  return backend() as unknown as OperationRunner;
}

/** Does native TensorFlow compute on a graphics card? */
export function onGpu(): boolean {
  return runner().isUsingGpuDevice;
}

/** Runs a TensorFlow operation of one output. Everything it returns belongs to the current engine scope. */
export function operation(
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly TensorInfo[],
): Tensor {
  return runner().executeSingleOutput(name, attributes, inputs);
}

/** Runs a TensorFlow operation and keeps the outputs at the given places; the others are freed. */
export function operationOutputs(
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly TensorInfo[],
  { of: count, keep: wanted }: { readonly of: number; readonly keep: readonly number[] },
): Tensor[] {
  const outputs = runner().executeMultipleOutputs(name, attributes, inputs, count);
  for (const [place, output] of outputs.entries()) if (!wanted.includes(place)) output.dispose();
  return wanted.flatMap((place) => outputs[place] ?? []);
}

/** Makers of attributes, by type. */
export const attribute = {
  float32: (name = "T"): Attribute => ({
    name,
    type: runner().binding["TF_ATTR_TYPE"],
    value: runner().binding["TF_FLOAT"],
  }),
  int32: (name = "T"): Attribute => ({
    name,
    type: runner().binding["TF_ATTR_TYPE"],
    value: runner().binding["TF_INT32"],
  }),
  text: (name: string, value: string): Attribute => ({
    name,
    type: runner().binding["TF_ATTR_STRING"],
    value,
  }),
  integers: (name: string, value: readonly number[]): Attribute => ({
    name,
    type: runner().binding["TF_ATTR_INT"],
    value,
  }),
  number: (name: string, value: number): Attribute => ({
    name,
    type: runner().binding["TF_ATTR_FLOAT"],
    value,
  }),
  flag: (name: string, value: boolean): Attribute => ({
    name,
    type: runner().binding["TF_ATTR_BOOL"],
    value,
  }),
};

/** Marks an operation as one of oneDNN's with TensorFlow's own tensor layout; without it their kernels are not found. */
export const nativeFormat = (): Attribute => attribute.text("_kernel", "MklNameChangeOp");

const constants = new Map<string, Tensor>();

/** A small constant int32 vector, made once and kept for the life of the process. */
export function constantVector(values: readonly number[]): Tensor {
  const key = values.join();
  const known = constants.get(key);
  if (known !== undefined && !known.isDisposed) return known;
  const made = keep(tensor1d([...values], "int32"));
  constants.set(key, made);
  return made;
}

/** A vector of equal float32 numbers, made once and kept for the life of the process. */
export function constantFloats(value: number, length: number): Tensor {
  const key = `${String(value)} × ${String(length)}`;
  const known = constants.get(key);
  if (known !== undefined && !known.isDisposed) return known;
  const made = keep(tensor1d(new Float32Array(length).fill(value)));
  constants.set(key, made);
  return made;
}

/** A kernel that tfjs-node brought, kept to fall back on. */
export type StockKernel = (inputs: Partial<Inputs>, attributes: NamedAttrMap) => TensorInfo | TensorInfo[];

/** A kernel of the suite's, before it is registered. */
export interface NativeKernel {
  readonly name: string;
  readonly run: (inputs: Inputs, attributes: NamedAttrMap) => TensorInfo | TensorInfo[];
}

/** A kernel's inputs by name. tfjs always hands over those that the operation needs. */
export type Inputs = Readonly<Record<KernelInput, TensorInfo>>;

type KernelInput =
  | "x"
  | "y"
  | "dy"
  | "filter"
  | "input"
  | "workspace"
  | "centre"
  | "scale"
  | "offset"
  | "mean"
  | "variance"
  | "logits"
  | "labels";
