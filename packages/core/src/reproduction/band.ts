import type { JsonObject } from "../plugin/manifest.ts";

/** What others report for a method on a protocol, in percent (accuracy) or squared units (mean squared error). */
export interface PublishedBand {
  readonly protocol: string;
  readonly algorithm: string;
  /** Options that a row must have for the band to be about it. */
  readonly options?: JsonObject;
  /** From the worst to the best of the papers and public re-runs known; one number twice where there is only one. */
  readonly low: number;
  readonly high: number;
  /** What the method's own paper says, where it is known apart from re-runs. */
  readonly paper?: number;
  /** Whether the published number depends on the other queries; null where the source does not say. */
  readonly transductive: boolean | null;
  /** Where the numbers come from, and how their setting differs from the protocol's. */
  readonly source: string;
  /** True where the numbers were read in a second-hand copy and not in the paper. */
  readonly secondHand?: true;
}
