import { MetabenchError } from "@metabench/core";
import { pictureBytes, type Cifar100, type CifarPart } from "./cifar-content.ts";

/** A superclass byte, a class byte, a picture. */
const recordBytes = 2 + pictureBytes;

/**
 * CIFAR-100 from the files of the binary archive: `train.bin` and `test.bin`, and the lists of names.
 *
 * @param file - the bytes of a file by name
 * @throws MetabenchError `data-corrupt`
 */
export function cifarFromBinary(file: (name: string) => Uint8Array): Cifar100 {
  const names = (list: string) =>
    Buffer.from(file(list))
      .toString("latin1")
      .split(/\r?\n/)
      .filter((name) => name !== "");
  return {
    fineNames: names("fine_label_names.txt"),
    coarseNames: names("coarse_label_names.txt"),
    parts: ["train.bin", "test.bin"].map((name) => part(file(name), name)),
  };
}

function part(bytes: Uint8Array, name: string): CifarPart {
  const pictures = bytes.length / recordBytes;
  if (!Number.isInteger(pictures) || pictures === 0)
    throw new MetabenchError(
      "data-corrupt",
      `CIFAR-100's file ${name} has ${String(bytes.length)} bytes, which is no whole number of records of ${String(recordBytes)}. ` +
        "Replace the archive with a fresh copy from its publisher.",
    );
  const [fine, coarse] = [new Uint8Array(pictures), new Uint8Array(pictures)];
  const planes = new Uint8Array(pictures * pictureBytes);
  for (let i = 0; i < pictures; i += 1) {
    const at = i * recordBytes;
    coarse[i] = bytes[at] ?? 0;
    fine[i] = bytes[at + 1] ?? 0;
    planes.set(bytes.subarray(at + 2, at + recordBytes), i * pictureBytes);
  }
  return { planes, fine, coarse };
}
