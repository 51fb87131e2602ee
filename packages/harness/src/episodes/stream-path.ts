import type { Protocol } from "@metabench/core";

/** Path of a random stream: `<protocol>/<data set>/<split>/<purpose>`. The seed follows where training is concerned. */
export function streamPath(protocol: Protocol, split: string, purpose: string): string {
  return `${protocol.id}@${String(protocol.version)}/${protocol.dataset.id}/${split}/${purpose}`;
}
