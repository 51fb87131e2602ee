import type { Tensor4D } from "@tensorflow/tfjs-core";

/** Turns bytes into network inputs. */
export interface ImageReader {
  /** Images at the given positions, normalised: `[n, height, width, channels]`. */
  at(positions: ArrayLike<number>): Tensor4D;
  /** Frees what is kept in the backend's memory until the next reading. */
  release(): void;
}
