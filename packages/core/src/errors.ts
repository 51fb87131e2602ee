/** Codes of all errors; stable, so that scripts and tests may rely on them. */
export const errorCodes = [
  "invalid-usage",
  "invalid-plugin",
  "plugin-not-found",
  "duplicate-plugin",
  "invalid-options",
  "invalid-protocol",
  "invalid-record",
  "data-missing",
  "data-corrupt",
  "download-failed",
  "backend-unavailable",
  "set-up-failed",
  "contract-broken",
  "not-finite",
  "trial-failed",
  "store-failed",
  "cancelled",
] as const;

/** A member of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number];

/**
 * The one error class of the suite.
 *
 * `message` names what is wrong (with the number or path that broke) and ends in what to do about it; `code` is stable.
 */
export class MetabenchError extends Error {
  override readonly name = "MetabenchError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
