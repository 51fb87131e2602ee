import { basename } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import { MetabenchError } from "@metabench/core";
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from "yauzl";
import { FilePages } from "./file-pages.ts";

/** What an archive may hold at most; a hostile one claims more. */
export interface ZipLimits {
  readonly entries: number;
  /** Unpacked bytes of one entry. */
  readonly entryBytes: number;
  /** Unpacked bytes of all entries that are read; the archive itself may not be larger either. */
  readonly totalBytes: number;
}

/** A file of an archive. */
export interface ZipEntry {
  /** Relative path with `/`, without `..`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const [stored, deflated] = [0, 8];
const symbolicLink = 0xa000;
const isLink = (entry: Entry) => ((entry.externalFileAttributes >>> 16) & 0xf000) === symbolicLink;

/**
 * Unpacks the files of a zip archive one by one, in the archive's order; nothing is ever written to disk. Of the archive no more than a few
 * pages and one entry are in memory.
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
    new MetabenchError(
      "data-corrupt",
      `${archive}: ${what}. Replace the file with a fresh copy from its publisher.`,
      { cause },
    );
  const readable = (error: unknown) =>
    error instanceof MetabenchError
      ? error
      : refuse(error instanceof Error ? error.message : String(error), error);

  let file: FilePages | undefined;
  try {
    file = new FilePages(path);
    if (file.length > limits.totalBytes)
      throw refuse(
        `it is ${String(file.length)} bytes large, more than the ${String(limits.totalBytes)} allowed`,
      );
    const zip = await fromRandomAccessReaderPromise(new PagesReader(file), file.length, { autoClose: false });
    if (zip.entryCount > limits.entries)
      throw refuse(
        `it holds ${String(zip.entryCount)} entries, more than the ${String(limits.entries)} allowed`,
      );
    const seen = new Set<string>();
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (seen.has(name)) throw refuse(`entry ${name} appears twice`);
      seen.add(name);
      if (isLink(entry)) throw refuse(`entry ${name} is a symbolic link`);
      if (name.endsWith("/") || !wanted(name)) continue;
      if (entry.isEncrypted()) throw refuse(`entry ${name} is encrypted`);
      if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated)
        throw refuse(
          `entry ${name} is packed by method ${String(entry.compressionMethod)}, which is neither stored nor deflated`,
        );
      total += entry.uncompressedSize;
      if (
        Math.max(entry.uncompressedSize, entry.compressedSize) > limits.entryBytes ||
        total > limits.totalBytes
      )
        throw refuse(
          `entry ${name} unpacks to ${String(entry.uncompressedSize)} bytes (${String(total)} so far), more than the ` +
            `${String(limits.entryBytes)} (${String(limits.totalBytes)} in all) allowed`,
        );
      const unpacked = await unpack(zip, file, entry);
      if (crc32(unpacked) !== entry.crc32) throw refuse(`entry ${name} does not match its CRC-32`);
      yield { name, bytes: unpacked };
    }
  } catch (error) {
    throw readable(error);
  } finally {
    file?.close();
  }
}

/** Lets yauzl read from the pages of a file. */
class PagesReader extends RandomAccessReader {
  readonly #pages: FilePages;
  constructor(pages: FilePages) {
    super();
    this.#pages = pages;
  }
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const bytes = this.#pages.read(position, length);
    buffer.set(bytes, offset);
    queueMicrotask(() => {
      callback(bytes.length < length ? new Error("it is cut off") : null);
    });
  }
}

// Not through yauzl's streams, which cost ten times as much for the thousands of small files of an image archive.
async function unpack(zip: ZipFile, archive: FilePages, entry: Entry): Promise<Uint8Array> {
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const packed = archive.read(fileDataStart, entry.compressedSize);
  if (packed.length < entry.compressedSize) throw new Error(`entry ${entry.fileName} is cut off`);
  const bytes =
    entry.compressionMethod === deflated
      ? inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.uncompressedSize) })
      : packed;
  if (bytes.length !== entry.uncompressedSize)
    throw new Error(
      `entry ${entry.fileName} has ${String(bytes.length)} bytes, not ${String(entry.uncompressedSize)}`,
    );
  return bytes;
}
