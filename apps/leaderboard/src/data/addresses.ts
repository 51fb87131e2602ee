import type { Table } from "@metabench/core";

/** Address of a protocol's page. */
export const protocolAddress = (id: string): string => `/protocols/${id}.html`;

/** Name of a table within its protocol's page. */
export const tableAnchor = (table: Table): string =>
  table.id.slice(table.protocol.id.length + 1).replaceAll("/", "-");

/** Address of a table. */
export const tableAddress = (table: Table): string =>
  `${protocolAddress(table.protocol.id)}#${tableAnchor(table)}`;

/** Address of an algorithm's page. */
export const algorithmAddress = (id: string): string => `/algorithms/${id}.html`;

/** Address of a trial's page. */
export const trialAddress = (identity: string): string => `/trials/${identity}.html`;

/** Address of a raw record. */
export const recordAddress = (identity: string): string => `/records/${identity}.json`;

/** Address of what a trained learner looked at, as data. */
export const explanationAddress = (identity: string): string => `/saliency/${identity}.json`;

/** Address of a definition on the methodology page. */
export const definition = (anchor: string): string => `/methodology.html#${anchor}`;
