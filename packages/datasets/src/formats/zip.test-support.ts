import { crc32, deflateRawSync } from "node:zlib";

/** One entry of a hand-made archive; what is not given is honest. */
export interface HandMadeEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Unix mode, whose upper bits say what kind of file it is. */
  readonly mode?: number;
  readonly claimedSize?: number;
  readonly claimedCrc?: number;
  readonly encrypted?: boolean;
}

/** A zip archive byte by byte (APPNOTE 4.3), so that tests can lie in it. */
export function handMadeZip(entries: readonly HandMadeEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, mode = 0o100644, claimedSize, claimedCrc, encrypted = false } of entries) {
    const packed = deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(encrypted ? 1 : 0, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(claimedCrc ?? crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(claimedSize ?? bytes.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    const central = Buffer.alloc(16);
    central.writeUInt32LE(mode * 2 ** 16, 6);
    central.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), shared, nameBytes, packed]);
    locals.push(local);
    centrals.push(
      Buffer.concat([Buffer.from("PK\x01\x02\x14\x03"), shared, central.subarray(0, 14), nameBytes]),
    );
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
