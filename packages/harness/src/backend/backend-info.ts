import { z } from "zod";

/** What computes, as every record states it. */
export const backendInfoSchema = z.strictObject({
  /** The name tfjs knows the backend by: native TensorFlow, or WebAssembly. */
  backend: z.enum(["tensorflow", "wasm"]),
  /** The device truly in use, as the running library says; never the one that was asked for. */
  device: z.enum(["cpu", "gpu"]),
  /** The processor's or the card's model. */
  deviceName: z.string(),
  /** `TensorFlow 2.20.0` or `tfjs-backend-wasm 4.22.0`. */
  library: z.string(),
  /** Threads a single operation may use. */
  threads: z.int().positive(),
  /** The suite's own kernels in use, by name. */
  kernels: z.array(z.string()).readonly(),
  /** Why native TensorFlow is not in use, and what to do, where WebAssembly was taken instead of it. */
  note: z.string().optional(),
});

/** See {@link backendInfoSchema}. */
export type BackendInfo = Readonly<z.infer<typeof backendInfoSchema>>;
