import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat, writeFile, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { MetabenchError } from "@metabench/core";
import { answerOf, type Answer } from "./download-answer.ts";
import { bytesText, type OnProgress } from "./progress.ts";

/** A published checksum. */
export interface Checksum {
  readonly algorithm: "md5" | "sha256";
  readonly value: string;
}

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

/** The checksum of a file, in hexadecimal. */
export async function checksumOf(path: string, algorithm: Checksum["algorithm"]): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/**
 * Fetches a file. It is at `target` only once it is whole and its checksum right. A download that was cut off goes on where it
 * stopped, if the server can and the file there is still the same; otherwise it starts over.
 *
 * @throws MetabenchError `download-failed` if the server cannot be reached, refuses, or stops early; `data-corrupt` if the checksum
 * is wrong (what was fetched is then deleted); `cancelled`
 */
export async function download(request: Download): Promise<void> {
  await mkdir(dirname(request.target), { recursive: true });
  const resumed = await fetchRest(request);
  const wrong = await verify(request);
  if (wrong === undefined) return finish(request);
  await discard(request.target);
  if (!resumed) throw wrong;
  // The first part may have been another version of the file; that is no fault of the server's.
  await fetchRest(request);
  const stillWrong = await verify(request);
  if (stillWrong === undefined) return finish(request);
  await discard(request.target);
  throw stillWrong;
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
  if (answer.validator === undefined) await rm(validatorOf(target), { force: true });
  else await writeFile(validatorOf(target), answer.validator);
  const file = await open(partialOf(target), start === 0 ? "w" : "r+");
  try {
    await file.truncate(start);
    await receive(request, answer, file);
    await file.sync();
  } finally {
    await file.close();
  }
  return start > 0;
}

async function receive({ url, otherwise, onProgress, signal }: Download, answer: Answer, file: FileHandle): Promise<void> {
  const { body, total, start } = answer;
  let position = start;
  const stopped = (cause?: unknown) =>
    signal?.aborted === true
      ? new MetabenchError("cancelled", `The download of ${url} was cancelled after ${bytesText(position)}. Run again to go on from there.`, { cause })
      : new MetabenchError(
          "download-failed",
          `${url} stopped after ${String(position)} of ${total === undefined ? "unknown" : String(total)} bytes. ` +
            `Run again to go on from there, or ${otherwise}.`,
          { cause },
        );
  let reported = 0;
  const report = () => {
    const of = total === undefined ? "" : ` of ${bytesText(total)}`;
    onProgress({ message: `Downloading ${url}: ${bytesText(position)}${of}`, fraction: total ? position / total : null });
  };
  try {
    for await (const part of body) {
      let written = 0;
      while (written < part.length)
        written += (await file.write(part, written, part.length - written, position + written)).bytesWritten;
      position += part.length;
      const now = performance.now();
      if (now - reported < 100) continue;
      reported = now;
      report();
    }
  } catch (cause) {
    throw stopped(cause);
  }
  if (total !== undefined && position !== total) throw stopped();
  report();
}
