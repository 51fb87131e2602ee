import { availableParallelism } from "node:os";
import process from "node:process";
import { MetabenchError } from "@metabench/core";
import type { BackendInfo } from "./backend-info.ts";

/** Which backend to start. */
export interface StartOptions {
  /** `auto` takes native TensorFlow where it is set up and loads, else WebAssembly with a `note` that says why. */
  readonly prefer?: "auto" | "native" | "wasm" | undefined;
  /** Threads a single operation may use; by default what `TF_NUM_INTRAOP_THREADS` says, or else every core. Fixed by the first start in a process. */
  readonly threads?: number | undefined;
}

const started = new Map<BackendInfo["backend"], Promise<BackendInfo>>();

/**
 * Starts a backend of TensorFlow.js in this process, makes it the one in use, and says what truly computes.
 *
 * Starting it again is free, and switches back to it if another was started since.
 *
 * @throws {MetabenchError} `backend-unavailable`, never under `auto`.
 */
export async function startBackend({
  prefer = "auto",
  threads = threadsFromEnvironment(),
}: StartOptions = {}): Promise<BackendInfo> {
  if (prefer === "wasm") return once("wasm", async () => wasm(undefined));
  const running = once("tensorflow", async () => native(threads));
  if (prefer === "native") return running;
  return running.catch(async (error: unknown) => {
    if (!(error instanceof MetabenchError)) throw error;
    return once("wasm", async () => wasm(error.message));
  });
}

// Imported only when a backend starts: a process that starts none, such as the command line, does without TensorFlow.js.
const native = async (threads: number) => (await import("./native/start-native.ts")).startNative(threads);
const wasm = async (note: string | undefined) => (await import("./wasm/start-wasm.ts")).startWasm(note);

async function once(name: BackendInfo["backend"], start: () => Promise<BackendInfo>): Promise<BackendInfo> {
  const running = started.get(name) ?? start();
  started.set(name, running);
  running.catch(() => started.delete(name));
  const info = await running;
  const { setBackend } = await import("@tensorflow/tfjs-core");
  await setBackend(name);
  return info;
}

function threadsFromEnvironment(): number {
  const given = Number(process.env["TF_NUM_INTRAOP_THREADS"]);
  return Number.isInteger(given) && given > 0 ? given : availableParallelism();
}
