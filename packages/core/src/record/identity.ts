import canonicalize from "canonicalize";
import { essentialsOf } from "../protocol/essentials.ts";
import { sha256Hex } from "../sampling/sha256.ts";
import type { TrialSpec } from "./trial-spec.ts";

/**
 * SHA-256, in hexadecimal, of the canonical JSON (RFC 8785) of the spec without the wording of its protocol and the number of seeds
 * it asks for: the name of its record.
 */
export function trialIdentity(spec: TrialSpec): string {
  return sha256Hex(canonicalize({ ...spec, protocol: essentialsOf(spec.protocol) }) ?? "");
}
