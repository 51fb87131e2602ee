import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { basename, posix } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { MetabenchError } from "@metabench/core";
import { extract, type Header } from "tar-stream";

/** What an archive may hold at most; a hostile one holds more. */
export interface TarLimits {
  readonly entries: number;
  /** Bytes of one wanted entry. */
  readonly entryBytes: number;
  /** Unpacked bytes of the whole archive, whether wanted or not. */
  readonly totalBytes: number;
}

/** A file of an archive. */
export interface TarEntry {
  /** Relative path with `/`, without `..`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Unpacks the wanted files of a tar archive, gzipped or plain, one by one as it streams by; nothing is ever written to disk.
 *
 * Refuses what no honest archive of images holds: names that are absolute or leave the folder, anything but files and
 * folders (symbolic and hard links, devices), repeated names, more than `limits`, and an archive that is cut off.
 *
 * @param wanted - which names to unpack; others are checked and skipped
 * @throws MetabenchError `data-corrupt`, naming archive and entry
 */
export async function* tarEntries(
  path: string,
  limits: TarLimits,
  wanted: (name: string) => boolean,
): AsyncGenerator<TarEntry> {
  const unpacking = extract();
  const gunzip = (await isGzip(path)) ? [createGunzip()] : [];
  const flow = pipeline([createReadStream(path), ...gunzip, atMost(limits.totalBytes), unpacking]);
  // Awaited below; until then a failure also ends the entries.
  flow.catch(() => undefined);
  const seen = new Set<string>();
  try {
    for await (const entry of unpacking) {
      const { header } = entry;
      check(header, seen, limits);
      if (header.type === "file" && wanted(header.name))
        yield { name: header.name, bytes: await whole(entry, header, limits) };
      else entry.resume();
    }
    await flow;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MetabenchError(
      "data-corrupt",
      `${basename(path)}: ${explain(reason)}. Replace the file with a fresh copy from its publisher.`,
      { cause },
    );
  } finally {
    unpacking.destroy();
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

function atMost(bytes: number): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      total += chunk.length;
      if (total > bytes) done(new Error(`it unpacks to more than the ${String(bytes)} bytes allowed`));
      else done(null, chunk);
    },
  });
}

function check({ name, type }: Header, seen: Set<string>, limits: TarLimits): void {
  if (/^[/\\]|^[A-Za-z]:/.test(name)) throw new Error(`entry ${name} has an absolute path`);
  if (name.split(/[/\\]/).includes("..")) throw new Error(`entry ${name} leaves the folder`);
  if (type !== "file" && type !== "directory")
    throw new Error(`entry ${name} is a ${type ?? "thing of unknown type"}, neither file nor folder`);
  // "./x" and "x" are one file.
  const place = posix.normalize(name);
  if (seen.has(place)) throw new Error(`entry ${name} appears twice`);
  seen.add(place);
  if (seen.size > limits.entries)
    throw new Error(`it holds more than the ${String(limits.entries)} entries allowed`);
}

async function whole(
  entry: AsyncIterable<unknown>,
  { name, size }: Header,
  limits: TarLimits,
): Promise<Uint8Array> {
  if (size === undefined || size > limits.entryBytes)
    throw new Error(
      `entry ${name} has ${String(size)} bytes, more than the ${String(limits.entryBytes)} allowed`,
    );
  const bytes = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of entry as AsyncIterable<Uint8Array>) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  if (filled !== size) throw new Error(`entry ${name} is cut off`);
  return bytes;
}

// What the libraries say of a damaged file, in words that say what is wrong with it.
function explain(reason: string): string {
  if (/unexpected end/i.test(reason)) return `it is cut off (${reason})`;
  if (/invalid|incorrect/i.test(reason)) return `it is damaged or no tar archive (${reason})`;
  return reason;
}
