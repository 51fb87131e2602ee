import type { Protocol } from "./protocol.ts";

/** How many frozen episodes a protocol tests and validates on; null in regimes that use whole splits. */
export const episodesOf = (
  protocol: Protocol,
): { readonly test: number; readonly validation: number } | null =>
  "testEpisodes" in protocol
    ? { test: protocol.testEpisodes, validation: protocol.validationEpisodes }
    : null;

/** The same protocol with another number of test episodes; unchanged in regimes that use whole splits. */
export const withTestEpisodes = <P extends Protocol>(protocol: P, testEpisodes: number): P =>
  "testEpisodes" in protocol ? { ...protocol, testEpisodes } : protocol;
