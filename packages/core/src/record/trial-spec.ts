import { z } from "zod";
import { pluginId } from "../plugin/manifest.ts";
import { trainingOptionsSchema } from "../plugin/training-options.ts";
import { protocolSchema } from "../protocol/protocol.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in lower-case hexadecimal");
const versioned = {
  id: z.string(),
  version: z.string(),
  /** Parsed options, defaults filled in. */
  options: z.record(z.string(), z.json()),
  /** SHA-256 of the source of a plugin loaded from a bare file, whose version may lag behind its text; null for packages. */
  source: hash.nullable(),
};

/**
 * Every input that can move a trial's result. Its canonical JSON is hashed into the trial's identity.
 *
 * Not part of it: the machine, the backend and its threads (they are provenance), so that machines may share a store.
 */
export const trialSpecSchema = z.strictObject({
  schemaVersion: z.literal(1),
  protocol: protocolSchema,
  /** Its id names a page of the site, so it is what a plugin's may be. */
  algorithm: z.strictObject({ ...versioned, id: pluginId }),
  dataset: z.strictObject({ ...versioned, contentHash: hash }),
  backbone: z.strictObject(versioned),
  seed: z.int().nonnegative(),
  /** Identity of the reference trial against which parameters are selected (multi-task learning); null otherwise. */
  reference: hash.nullable(),
  /** Training options beside the algorithm's own; absent without any. */
  training: trainingOptionsSchema
    .refine((options) => Object.keys(options).length > 0, "at least one option, or no such field")
    .exactOptional(),
});

/** Every input that can move a trial's result. */
export type TrialSpec = z.infer<typeof trialSpecSchema>;
