import { basename } from "node:path";
import { crc32 } from "node:zlib";
import { MetabenchError } from "@metabench/core";
import { openPromise, type Entry, type ZipFile } from "yauzl";

/** What an archive may hold at most; a hostile one claims more. */
export interface ZipLimits {
  readonly entries: number;
  /** Unpacked bytes of one entry. */
  readonly entryBytes: number;
  /** Unpacked bytes of all entries that are read. */
  readonly totalBytes: number;
}

/** A file of an archive. */
export interface ZipEntry {
  /** Relative path with `/`, without `..`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const symbolicLink = 0xa000;
const isLink = (entry: Entry) => ((entry.externalFileAttributes >>> 16) & 0xf000) === symbolicLink;

/**
 * Reads the files of a zip archive one by one, in the archive's order, into memory; nothing is ever written to disk.
 *
 * Refuses what no honest archive of images holds: names that are absolute or leave the folder, symbolic links, encrypted or
 * repeated entries, more than `limits`, and bytes that do not match their CRC-32.
 *
 * @param wanted - which names to unpack; others are checked and skipped
 * @throws MetabenchError `data-corrupt`, naming archive and entry
 */
export async function* zipEntries(
  path: string,
  limits: ZipLimits,
  wanted: (name: string) => boolean,
): AsyncGenerator<ZipEntry> {
  const archive = basename(path);
  const refuse = (what: string, cause?: unknown) =>
    new MetabenchError("data-corrupt", `${archive}: ${what}. Replace the file with a fresh copy from its publisher.`, { cause });
  const readable = (error: unknown) =>
    error instanceof MetabenchError ? error : refuse(error instanceof Error ? error.message : String(error), error);

  let zip: ZipFile;
  try {
    zip = await openPromise(path);
  } catch (error) {
    throw readable(error);
  }
  try {
    if (zip.entryCount > limits.entries)
      throw refuse(`it holds ${String(zip.entryCount)} entries, more than the ${String(limits.entries)} allowed`);
    const seen = new Set<string>();
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (seen.has(name)) throw refuse(`entry ${name} appears twice`);
      seen.add(name);
      if (isLink(entry)) throw refuse(`entry ${name} is a symbolic link`);
      if (name.endsWith("/") || !wanted(name)) continue;
      if (entry.isEncrypted()) throw refuse(`entry ${name} is encrypted`);
      total += entry.uncompressedSize;
      if (entry.uncompressedSize > limits.entryBytes || total > limits.totalBytes)
        throw refuse(
          `entry ${name} unpacks to ${String(entry.uncompressedSize)} bytes (${String(total)} so far), more than the ` +
            `${String(limits.entryBytes)} (${String(limits.totalBytes)} in all) allowed`,
        );
      const bytes = await read(zip, entry);
      if (crc32(bytes) !== entry.crc32) throw refuse(`entry ${name} does not match its CRC-32`);
      yield { name, bytes };
    }
  } catch (error) {
    throw readable(error);
  } finally {
    zip.close();
  }
}

// The stream ends in an error if it gives more or fewer bytes than the entry declares.
async function read(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Uint8Array);
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}
