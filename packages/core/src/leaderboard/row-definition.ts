import { z } from "zod";
import { episodesOf } from "../protocol/episodes-of.ts";
import type { TrialRecord } from "../record/trial-record.ts";

const count = z.int().positive();

/** What a row of the open division was run under, where each row may have its own. */
export const rowDefinitionSchema = z.strictObject({
  backbone: z.strictObject({
    id: z.string(),
    version: z.string(),
    title: z.string(),
    options: z.record(z.string(), z.json()),
  }),
  /** Training images (points for functions), and how many between two looks at the validation split. */
  budget: z.strictObject({ images: count, validateEvery: count }),
  /** Frozen episodes of the validation split; null in regimes without. */
  validationEpisodes: count.nullable(),
});
export type RowDefinition = z.infer<typeof rowDefinitionSchema>;

/** The definition of a row of the open division; null in the closed one, where it is the table's. */
export function rowDefinitionOf({ spec, display }: TrialRecord): RowDefinition | null {
  const { protocol, backbone } = spec;
  if (protocol.division === "closed") return null;
  return {
    backbone: {
      id: backbone.id,
      version: backbone.version,
      title: display.backbone.title,
      options: protocol.backbone.options,
    },
    budget: protocol.budget,
    validationEpisodes: episodesOf(protocol)?.validation ?? null,
  };
}
