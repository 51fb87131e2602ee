import canonicalize from "canonicalize";
import { sha256Hex } from "../sampling/sha256.ts";
import type { TrialSpec } from "./trial-spec.ts";

/** SHA-256, in hexadecimal, of the spec's canonical JSON (RFC 8785): the name of its record. */
export function trialIdentity(spec: TrialSpec): string {
  return sha256Hex(canonicalize(spec) ?? "");
}
