import process from "node:process";

let file: string | null = null;
let turn: Promise<unknown> = Promise.resolve();

/** The file that is being imported at this moment; null where none is. */
export const fileUnderImport = (): string | null => file;

/**
 * Imports a stranger's file, which may neither end the process meanwhile nor choose its exit code. One file at a time, so that what
 * happens is known to be of that file.
 *
 * @throws Error where the file calls `process.exit()`, even if it catches that itself
 */
export async function guardedImport<T>(path: string, load: () => Promise<T>): Promise<T> {
  const mine = turn.then(async () => guarded(path, load));
  turn = mine.catch(() => undefined);
  return mine;
}

async function guarded<T>(path: string, load: () => Promise<T>): Promise<T> {
  const { exit, exitCode } = process;
  const attempts: Error[] = [];
  const refuse = (code?: unknown): never => {
    const error = new Error(
      `process.exit(${code === undefined ? "" : String(code)}) was called while the file was imported, which would have ended the whole command`,
    );
    Error.captureStackTrace(error, refuse); // So that it begins with the file's own line.
    attempts.push(error);
    throw error;
  };
  file = path;
  process.exit = refuse;
  try {
    const loaded = await load();
    if (attempts[0]) throw attempts[0];
    return loaded;
  } finally {
    file = null;
    process.exit = exit;
    process.exitCode = exitCode;
  }
}
