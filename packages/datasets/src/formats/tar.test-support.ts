import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";

/** One entry of an archive; what is not given is an honest file. */
export interface TarTestEntry {
  readonly name: string;
  readonly bytes?: Uint8Array;
  readonly type?: "file" | "directory" | "symlink" | "link" | "fifo";
  readonly linkname?: string;
}

/** A tar archive with these entries, gzipped. */
export async function tarGz(entries: readonly TarTestEntry[]): Promise<Uint8Array> {
  return gzipSync(await tar(entries));
}

/** A tar archive with these entries. */
export async function tar(entries: readonly TarTestEntry[]): Promise<Uint8Array> {
  const archive = pack();
  for (const { name, bytes = new Uint8Array(), type = "file", linkname } of entries)
    archive.entry(
      { name, type, ...(linkname === undefined ? {} : { linkname }) },
      type === "file" ? Buffer.from(bytes) : Buffer.alloc(0),
    );
  archive.finalize();
  return buffer(Readable.from(archive));
}
