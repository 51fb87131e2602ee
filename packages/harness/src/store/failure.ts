import { MetabenchError } from "@metabench/core";

const causes: Readonly<Record<string, string>> = {
  EACCES: "permission is missing. Give yourself write access, or choose another folder with --store.",
  EPERM: "permission is missing. Give yourself write access, or choose another folder with --store.",
  EROFS: "the file system is read-only. Choose another folder with --store.",
  ENOSPC:
    "the disk is full. Make room and start again; what is stored stays, and nothing half-written was left.",
  EDQUOT: "the disk quota is used up. Make room and start again; what is stored stays.",
  ENOENT: "it does not exist. Check the path; `metabench run` makes a store and fills it.",
  EEXIST: "something that is not a folder is there. Choose another folder with --store.",
  ENOTDIR: "something that is not a folder is in the way. Choose another folder with --store.",
};

/** Whether an error is the system's, with one of these codes. */
export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && codes.includes(error.code)
  );
}

/** The system's error as one of the suite's, with what to do. */
export function storeFailure(what: string, cause: unknown): MetabenchError {
  if (cause instanceof MetabenchError) return cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const message = cause instanceof Error ? cause.message : String(cause);
  return new MetabenchError(
    "store-failed",
    `${what}: ${causes[code] ?? `${message}. Check the disk, then start again.`}`,
    { cause },
  );
}
