import { engine } from "@tensorflow/tfjs-core";

/**
 * Runs `body` in one engine scope: whatever tensors it makes are freed at the end, variables stay.
 *
 * `body` must not await: tfjs keeps one stack of scopes for the process.
 */
export function inScope<T>(body: () => T): T {
  engine().startScope();
  try {
    return body();
  } finally {
    engine().endScope();
  }
}
