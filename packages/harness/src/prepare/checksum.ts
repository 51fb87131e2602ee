import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** A published checksum. */
export interface Checksum {
  readonly algorithm: "md5" | "sha256";
  readonly value: string;
}

/** The checksum of a file, in hexadecimal. */
export async function checksumOf(path: string, algorithm: Checksum["algorithm"]): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
