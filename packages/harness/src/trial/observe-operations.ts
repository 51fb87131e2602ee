import { backend, getBackend, getKernelsForBackend } from "@tensorflow/tfjs-core";
import type { KernelFunc } from "@tensorflow/tfjs-core";
import type { OperationClock } from "./operation-clock.ts";

/** What of tfjs-node's binding takes time: operations, copies in and out, and the freeing of memory. */
const calls = ["executeOp", "createTensor", "tensorDataSync", "deleteTensor"] as const;

type Call = (...given: readonly unknown[]) => unknown;
type NativeBinding = Readonly<Record<(typeof calls)[number], Call>>;

/**
 * From now on, and until this process ends, counts the time of every operation of the backend in use: TensorFlow's operations, with copies
 * in and out and the freeing of memory, or the kernels of WebAssembly. On a processor they run while they are called; a graphics
 * card has only been told of them when the call returns, until a copy out waits for it.
 */
export function observeOperations(clock: OperationClock): void {
  if (getBackend() === "tensorflow") observeNative(clock);
  else observeKernels(clock);
}

function observeNative(clock: OperationClock): void {
  const native = backend() as unknown as { binding: NativeBinding };
  const { binding } = native;
  const timed = calls.map((name) => {
    const value: Call = (...given) =>
      clock.time(name === "executeOp" ? String(given[0]) : name, () => binding[name](...given));
    return [name, { value }] as const;
  });
  // Its properties cannot be written to, so another takes its place that inherits the rest.
  native.binding = Object.create(binding, Object.fromEntries(timed)) as NativeBinding;
}

function observeKernels(clock: OperationClock): void {
  for (const kernel of getKernelsForBackend(getBackend())) {
    const run = kernel.kernelFunc;
    const timed: KernelFunc = (call) => clock.time(kernel.kernelName, () => run(call));
    // Registering it anew would run its set-up twice.
    Object.assign(kernel, { kernelFunc: timed });
  }
}
