import { pickle } from "./pickle.test-support.ts";
import { tarGz, type TarTestEntry } from "./tar.test-support.ts";

/** A picture of one value a plane, with its labels. */
export interface TestPicture {
  readonly fine: number;
  readonly coarse: number;
  readonly colour: readonly [number, number, number];
}

/** Names and pictures for an archive in CIFAR-100's form. */
export interface TestCifar {
  readonly fineNames: readonly string[];
  readonly coarseNames: readonly string[];
  readonly train: readonly TestPicture[];
  readonly test: readonly TestPicture[];
}

/** Planes `[3, 32, 32]` of one value each. */
export const planesOf = ({ colour }: TestPicture) =>
  Uint8Array.from({ length: 3072 }, (_, i) => colour[Math.floor(i / 1024)] ?? 0);

/** The files of the Python archive. */
export function pythonFiles({ fineNames, coarseNames, train, test }: TestCifar): TarTestEntry[] {
  const part = (pictures: readonly TestPicture[]) =>
    pickle({
      dict: {
        data: { array: Buffer.concat(pictures.map(planesOf)), shape: [pictures.length, 3072] },
        fine_labels: pictures.map(({ fine }) => fine),
        coarse_labels: pictures.map(({ coarse }) => coarse),
        filenames: pictures.map((_, i) => `${String(i)}.png`),
      },
    });
  return [
    { name: "cifar-100-python/", type: "directory" },
    {
      name: "cifar-100-python/meta",
      bytes: pickle({ dict: { fine_label_names: fineNames, coarse_label_names: coarseNames } }),
    },
    { name: "cifar-100-python/train", bytes: part(train) },
    { name: "cifar-100-python/test", bytes: part(test) },
  ];
}

/** The files of the binary archive. */
export function binaryFiles({ fineNames, coarseNames, train, test }: TestCifar): TarTestEntry[] {
  const part = (pictures: readonly TestPicture[]) =>
    Buffer.concat(pictures.flatMap((one) => [Uint8Array.of(one.coarse, one.fine), planesOf(one)]));
  const list = (names: readonly string[]) => Buffer.from(names.map((name) => `${name}\n`).join(""));
  return [
    { name: "cifar-100-binary/fine_label_names.txt", bytes: list(fineNames) },
    { name: "cifar-100-binary/coarse_label_names.txt", bytes: list(coarseNames) },
    { name: "cifar-100-binary/train.bin", bytes: part(train) },
    { name: "cifar-100-binary/test.bin", bytes: part(test) },
  ];
}

/** Both archives. */
export const archivesOf = async (cifar: TestCifar) => ({
  python: await tarGz(pythonFiles(cifar)),
  binary: await tarGz(binaryFiles(cifar)),
});
