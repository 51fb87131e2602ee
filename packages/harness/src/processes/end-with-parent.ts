import process from "node:process";
import { Worker } from "node:worker_threads";

const lookMs = 500;

/** The body of the watching thread. Its own event loop goes on while TensorFlow or a plugin blocks that of the main thread. */
const watch = `
const process = require("node:process");
const { workerData } = require("node:worker_threads");
setInterval(() => {
  if (process.ppid !== workerData.parent) process.kill(process.pid, "SIGKILL");
}, workerData.lookMs);
`;

const parentName = "METABENCH_PARENT";

/** Tells a child process who its parent is: one that asks the system itself may ask too late. */
export const parentEnvironment = (): Readonly<Record<string, string>> => ({
  [parentName]: String(process.pid),
});

/**
 * Ends this process where its parent dies, however it dies and whatever this process is doing. The checkpoint on disk stays.
 *
 * A closed channel alone is noticed only when the event loop is free, which a long update may keep busy for half a minute.
 */
export function endWithParent(): void {
  process.on("disconnect", () => process.exit(1));
  new Worker(watch, {
    eval: true,
    workerData: { parent: Number(process.env[parentName] ?? process.ppid), lookMs },
  }).unref();
}
