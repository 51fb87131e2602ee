/** Name of the file that explains a trial, beside its record. */
export const explanationFile = (identity: string): string => `${identity}.saliency.json`;

const pattern = /^([0-9a-f]{64})\.saliency\.json$/;

/** The identity in the name of a file that explains a trial; null for any other name. */
export const explainedBy = (name: string): string | null => pattern.exec(name)?.[1] ?? null;
