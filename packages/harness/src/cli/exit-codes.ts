import { MetabenchError, type ErrorCode } from "@metabench/core";

/** What the exit status of every command says. */
export const exitCodes = {
  ok: 0,
  /** Some trial did not complete, some check failed; or the suite itself failed. */
  incomplete: 1,
  /** Bad flags, plugins, options or records. */
  usage: 2,
  /** Backend, data or disk are missing. */
  environment: 3,
  /** By a signal, or by the answer "no" to whether to start. */
  interrupted: 130,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byError: Readonly<Record<ErrorCode, ExitCode>> = {
  "invalid-usage": exitCodes.usage,
  "invalid-plugin": exitCodes.usage,
  "plugin-not-found": exitCodes.usage,
  "duplicate-plugin": exitCodes.usage,
  "invalid-options": exitCodes.usage,
  "invalid-protocol": exitCodes.usage,
  "invalid-record": exitCodes.usage,
  "data-missing": exitCodes.environment,
  "data-corrupt": exitCodes.environment,
  "download-failed": exitCodes.environment,
  "backend-unavailable": exitCodes.environment,
  "set-up-failed": exitCodes.environment,
  "store-failed": exitCodes.environment,
  "contract-broken": exitCodes.incomplete,
  "not-finite": exitCodes.incomplete,
  "trial-failed": exitCodes.incomplete,
  cancelled: exitCodes.interrupted,
};

/** The exit status of a command that ends with this error. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof MetabenchError ? byError[error.code] : exitCodes.incomplete;
}

/** The end of every `--help`. */
export const exitCodesText = `
Exit codes:
  0    done
  1    some trial did not complete, some check failed, or metabench itself failed
  2    bad flags, plugins, options or records
  3    the environment lacks something: backend, data, disk
  130  interrupted, or the answer to "Start?" was no; repeat the command to continue`;
