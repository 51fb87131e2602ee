import type { InputForm } from "@metabench/core";
import { tensor2d, type Tensor } from "@tensorflow/tfjs-core";
import type { ImageChange } from "./image-augmentation.ts";
import { imageReader } from "./image-tensor.ts";

/** Turns stored inputs into network inputs. */
export interface InputReader {
  /** Inputs at the given positions, normalised: `[n, height, width, channels]` or `[n, features]`. */
  at(positions: ArrayLike<number>): Tensor;
  /** Frees what is kept in the backend's memory until the next reading. */
  release(): void;
}

/** Reads vectors out of numbers `[count, features]`. */
function vectorReader(
  numbers: Float32Array,
  { features, normalisation }: Extract<InputForm, { kind: "vector" }>,
): InputReader {
  const { mean, deviation } = normalisation;
  return {
    at(positions) {
      const values = new Float32Array(positions.length * features);
      for (let row = 0; row < positions.length; row += 1)
        for (let feature = 0; feature < features; feature += 1) {
          const raw = numbers[(positions[row] ?? 0) * features + feature] ?? 0;
          values[row * features + feature] = (raw - (mean[feature] ?? 0)) / (deviation[feature] ?? 1);
        }
      return tensor2d(values, [positions.length, features]);
    },
    release: () => undefined,
  };
}

/** Reads inputs of any form; `change` is made to each image as it is read. */
export function inputReader(
  inputs: Uint8Array | Float32Array,
  form: InputForm,
  change?: ImageChange,
): InputReader {
  if (form.kind === "image")
    return imageReader(
      inputs instanceof Uint8Array ? inputs : new Uint8Array(inputs),
      form.shape,
      form.normalisation,
      change,
    );
  return vectorReader(inputs instanceof Float32Array ? inputs : new Float32Array(inputs), form);
}

/** Shape of one input. */
export const shapeOf = (form: InputForm): readonly number[] =>
  form.kind === "image" ? form.shape : [form.features];
