import { hash } from "node:crypto";
import { contentHash, describeContent, type PreparedData } from "@metabench/core";

/** The content hash of prepared images, as the harness computes it. */
export function hashOf(data: PreparedData): string {
  if (data.kind === "function-family") throw new TypeError("a family of functions has no content");
  const sha256 = (message: Uint8Array | string) => hash("sha256", message);
  return contentHash(describeContent(data, sha256), sha256);
}
