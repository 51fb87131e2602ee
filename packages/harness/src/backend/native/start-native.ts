import { createRequire } from "node:module";
import process from "node:process";
import { MetabenchError } from "@metabench/core";
import { backend, setBackend } from "@tensorflow/tfjs-core";
import type { BackendInfo } from "../backend-info.ts";
import { registerKernels } from "../kernels/index.ts";
import { processorName } from "../processor.ts";
import { whyNotNative } from "./addon.ts";
import { mendDeprecatedUtil } from "./deprecated-util.ts";
import { findCards } from "./gpu-card.ts";

/** The parts of tfjs-node's backend that say what it runs on. */
interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

const require = createRequire(import.meta.url);

/**
 * Loads native TensorFlow into this process and makes it the backend.
 *
 * @throws {MetabenchError} `backend-unavailable` when it is not set up or does not load.
 */
export async function startNative(threads: number): Promise<BackendInfo> {
  const missing = whyNotNative();
  if (missing !== undefined) throw new MetabenchError("backend-unavailable", missing);
  load(threads);
  await setBackend("tensorflow");
  const { isUsingGpuDevice: gpu, binding } = backend() as unknown as NativeBackend;
  return {
    backend: "tensorflow",
    device: gpu ? "gpu" : "cpu",
    deviceName: gpu ? await cardName() : processorName(),
    library: `TensorFlow ${binding.TF_Version}`,
    threads,
    kernels: registerKernels(),
  };
}

/** TensorFlow reads these once, when it is loaded; what the process was started with counts more. */
function load(threads: number): void {
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  process.env["TF_FORCE_GPU_ALLOW_GROWTH"] ??= "true";
  process.env["TF_NUM_INTRAOP_THREADS"] = String(threads);
  process.env["TF_NUM_INTEROP_THREADS"] ??= "1";
  mendDeprecatedUtil();
  try {
    require("@tensorflow/tfjs-node-gpu");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new MetabenchError(
      "backend-unavailable",
      `native TensorFlow does not load (${why ?? ""}); run: metabench setup`,
      { cause },
    );
  }
}

/** The add-on takes the last card it sees; the driver's list counts those hidden by `CUDA_VISIBLE_DEVICES` too. */
async function cardName(): Promise<string> {
  const cards = await findCards();
  const visible = process.env["CUDA_VISIBLE_DEVICES"]?.split(",").at(-1);
  return cards[visible === undefined ? cards.length - 1 : Number(visible)] ?? "NVIDIA card";
}
