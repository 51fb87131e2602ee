import { createRequire } from "node:module";
import { MetabenchError } from "@metabench/core";
import { setBackend } from "@tensorflow/tfjs-core";
import type { BackendInfo } from "../backend-info.ts";
import { processorName } from "../processor.ts";
import { registerWasmKernels } from "./register.ts";

const require = createRequire(import.meta.url);

/**
 * Loads WebAssembly kernels into this process and makes them the backend. It runs everywhere Node does, on one thread.
 *
 * @throws {MetabenchError} `backend-unavailable`.
 */
export async function startWasm(note: string | undefined): Promise<BackendInfo> {
  // The core alone has neither gradients nor chained operations; the union package, which the native package depends on, registers both.
  createRequire(require.resolve("@tensorflow/tfjs-node-gpu/package.json"))("@tensorflow/tfjs");
  const { version_wasm: version } = require("@tensorflow/tfjs-backend-wasm") as {
    readonly version_wasm: string;
  };
  const started = await setBackend("wasm").catch((cause: unknown) => {
    throw new MetabenchError(
      "backend-unavailable",
      "the WebAssembly backend does not start; run: npm ci --ignore-scripts",
      { cause },
    );
  });
  if (!started)
    throw new MetabenchError(
      "backend-unavailable",
      "the WebAssembly backend does not start; run: npm ci --ignore-scripts",
    );
  return {
    backend: "wasm",
    device: "cpu",
    deviceName: processorName(),
    library: `tfjs-backend-wasm ${version}`,
    threads: 1,
    kernels: registerWasmKernels(),
    ...(note !== undefined && { note }),
  };
}
