import { memory } from "@tensorflow/tfjs-core";

/** What TensorFlow.js holds at a moment. */
export interface Held {
  readonly tensors: number;
  readonly bytes: number;
}

/** What is held now. */
export function held(): Held {
  const { numTensors, numBytes } = memory();
  return { tensors: numTensors, bytes: numBytes };
}
