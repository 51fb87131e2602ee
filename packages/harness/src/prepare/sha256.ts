import { createHash } from "node:crypto";
import type { Sha256 } from "@metabench/core";

/** SHA-256 by Node, some hundred times as fast as core's own; the same result. */
export const sha256: Sha256 = (message) => createHash("sha256").update(message).digest("hex");
