import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { MetabenchError } from "@metabench/core";
import { checksumOf, type Checksum } from "./checksum.ts";
import { answerOf, type Answer } from "./download-answer.ts";
import { bytesText, type OnProgress } from "./progress.ts";
import { makeFolder } from "../store/index.ts";

/** A file to fetch. */
export interface Download {
  readonly url: string;
  /** Where the whole file will lie; what has arrived so far lies beside it, as `<target>.partial`. */
  readonly target: string;
  /** Null where none was published: then only the announced length is checked. */
  readonly checksum: Checksum | null;
  /** What to do by hand if it fails; a clause for the end of the message. */
  readonly otherwise: string;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches a file. It is at `target` only once it is whole and its checksum right. A download that was cut off continues where it
 * stopped, if the server can and the file there is still the same; otherwise it starts over.
 *
 * @throws MetabenchError `download-failed` if the server cannot be reached, refuses, or stops early; `data-corrupt` if the checksum
 * is wrong (what was fetched is then deleted); `store-failed` if the disk refuses; `cancelled`
 */
export async function download(request: Download): Promise<void> {
  await makeFolder(dirname(request.target));
  for (const last of [false, true]) {
    const resumed = await fetchRest(request);
    const wrong = await verify(request);
    if (wrong === undefined) return finish(request);
    await discard(request.target);
    // Where the first part was there before it may be of another version of the file, which is no fault of the server's.
    if (!resumed || last) throw wrong;
  }
}

const partialOf = (target: string) => `${target}.partial`;
/** Keeps the server's validator (a strong ETag or the date) of what the partial file is part of. */
const validatorOf = (target: string) => `${target}.partial.validator`;

async function discard(target: string): Promise<void> {
  await rm(partialOf(target), { force: true });
  await rm(validatorOf(target), { force: true });
}

async function finish({ target }: Download): Promise<void> {
  await rename(partialOf(target), target);
  await rm(validatorOf(target), { force: true });
}

async function verify({ url, target, checksum, otherwise }: Download): Promise<MetabenchError | undefined> {
  if (checksum === null) return undefined;
  const { algorithm, value } = checksum;
  const actual = await checksumOf(partialOf(target), algorithm);
  if (actual === value.toLowerCase()) return undefined;
  return new MetabenchError(
    "data-corrupt",
    `${url} is not the published file: expected ${algorithm} ${value}, got ${actual}. Try again later, or ${otherwise}.`,
  );
}

/** Appends what is missing to the partial file; true if part of it was there before. */
async function fetchRest(request: Download): Promise<boolean> {
  const { url, target, checksum, otherwise, signal } = request;
  const have = await stat(partialOf(target)).then(
    ({ size }) => size,
    () => 0,
  );
  const validator = await readFile(validatorOf(target), "utf8").catch(() => undefined);
  // Without a validator or checksum nobody could tell whether two parts belong together.
  const from = validator !== undefined || checksum !== null ? have : 0;
  const answer = await answerOf({ url, from, validator, otherwise, signal });
  if (answer === "nothing-left") {
    // Either it is all there, or the file has become shorter: without a checksum only a fresh start tells.
    if (checksum !== null) return true;
    await discard(target);
    return fetchRest(request);
  }
  const { start } = answer;
  const file = await open(partialOf(target), start === 0 ? "w" : "r+");
  try {
    // After the old bytes are gone, or a crash in between would pass them off as the new file's.
    if (answer.validator === undefined) await rm(validatorOf(target), { force: true });
    else await writeFile(validatorOf(target), answer.validator);
    await receive(request, answer, file);
    await file.sync();
  } finally {
    await file.close();
  }
  return start > 0;
}

async function receive(
  { url, otherwise, onProgress, signal }: Download,
  answer: Answer,
  file: FileHandle,
): Promise<void> {
  const { body, total, start } = answer;
  let position = start;
  const stopped = (cause?: unknown) =>
    signal?.aborted === true
      ? new MetabenchError(
          "cancelled",
          `The download of ${url} was cancelled after ${bytesText(position)}. Run again to continue from there.`,
          { cause },
        )
      : new MetabenchError(
          "download-failed",
          `${url} stopped after ${String(position)} of ${total === undefined ? "unknown" : String(total)} bytes. ` +
            `Run again to continue from there, or ${otherwise}.`,
          { cause },
        );
  let reported = 0;
  const report = () => {
    const of = total === undefined ? "" : ` of ${bytesText(total)}`;
    onProgress({
      message: `Downloading ${url}: ${bytesText(position)}${of}`,
      fraction: total ? position / total : null,
    });
  };
  try {
    for await (const part of body) {
      await append(file, part, position);
      position += part.length;
      const now = performance.now();
      if (now - reported < 100) continue;
      reported = now;
      report();
    }
  } catch (cause) {
    throw cause instanceof MetabenchError ? cause : stopped(cause);
  }
  if (total !== undefined && position !== total) throw stopped();
  report();
}

async function append(file: FileHandle, part: Uint8Array, position: number): Promise<void> {
  try {
    for (let written = 0; written < part.length;)
      written += (await file.write(part, written, part.length - written, position + written)).bytesWritten;
  } catch (cause) {
    throw new MetabenchError(
      "store-failed",
      `The download cannot be kept on disk (${cause instanceof Error ? cause.message : String(cause)}). ` +
        "Make room or choose another cache folder with METABENCH_CACHE.",
      { cause },
    );
  }
}
