import { MetabenchError } from "@metabench/core";

/** What can stand in the way of native TensorFlow; stable, so that callers and tests may rely on it. */
export type ObstacleReason =
  "platform" | "python" | "pip" | "compiler" | "download" | "checksum" | "disk" | "build" | "interrupted";

/** Native TensorFlow cannot be had on this machine, for one stated reason; the message is one line that ends in what to do. */
export class Obstacle extends MetabenchError {
  readonly reason: ObstacleReason;

  constructor(reason: ObstacleReason, message: string, options?: { readonly cause?: unknown }) {
    super("set-up-failed", message, options);
    this.reason = reason;
  }
}
