import type { Readable } from "node:stream";

const lines = 40;
/** Longer lines are cut: no line may fill a record. */
const characters = 20_000;

/** Reads a stream to its end and keeps its last 40 lines, however much comes. */
export function logTail(stream: Readable): () => string {
  let tail = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    tail = (tail + text).slice(-characters);
  });
  return () => tail.trimEnd().split("\n").slice(-lines).join("\n");
}
