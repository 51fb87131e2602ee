import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCifar100 } from "./cifar-100.ts";
import { archivesOf, binaryFiles, planesOf, pythonFiles, type TestCifar } from "./cifar.test-support.ts";
import { tarGz } from "./tar.test-support.ts";

const cifar: TestCifar = {
  fineNames: ["whale", "bus", "rose"],
  coarseNames: ["aquatic_mammals", "vehicles_1"],
  train: [
    { fine: 1, coarse: 1, colour: [1, 2, 3] },
    { fine: 0, coarse: 0, colour: [4, 5, 6] },
  ],
  test: [{ fine: 1, coarse: 1, colour: [7, 8, 9] }],
};
const expected = {
  fineNames: cifar.fineNames,
  coarseNames: cifar.coarseNames,
  parts: [cifar.train, cifar.test].map((pictures) => ({
    planes: Buffer.concat(pictures.map(planesOf)),
    fine: Uint8Array.from(pictures.map(({ fine }) => fine)),
    coarse: Uint8Array.from(pictures.map(({ coarse }) => coarse)),
  })),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "metabench-cifar-"));
});
afterAll(async () => rm(folder, { recursive: true }));
const put = async (bytes: Uint8Array) => {
  const path = join(folder, "cifar-100.tar.gz");
  await writeFile(path, bytes);
  return path;
};
const plain = (read: Awaited<ReturnType<typeof readCifar100>>) => ({
  ...read,
  parts: read.parts.map(({ planes, ...labels }) => ({ planes: Buffer.from(planes), ...labels })),
});
const refused = (message: RegExp) => ({
  code: "data-corrupt",
  message: expect.stringMatching(message) as string,
});

describe("readCifar100", () => {
  it("reads the same from the Python and the binary archive", async () => {
    const { python, binary } = await archivesOf(cifar);
    expect(plain(await readCifar100(await put(python)))).toEqual(expected);
    expect(plain(await readCifar100(await put(binary)))).toEqual(expected);
  });

  it.each([
    ["Python", pythonFiles],
    ["binary", binaryFiles],
  ])("reads the unpacked %s archive", async (name, files) => {
    const unpacked = join(folder, name);
    for (const { name: file, bytes } of files(cifar)) {
      if (bytes === undefined) continue;
      await mkdir(unpacked, { recursive: true });
      await writeFile(join(unpacked, file.split("/").at(-1) ?? ""), bytes);
    }
    expect(plain(await readCifar100(unpacked))).toEqual(expected);
  });

  it("names what an archive lacks, and what was expected", async () => {
    const files = pythonFiles(cifar).filter(({ name }) => !name.endsWith("/test"));
    await expect(readCifar100(await put(await tarGz(files)))).rejects.toMatchObject(
      refused(/holds meta, train; expected meta, train, test or fine_label_names.*cifar-100-python\.tar\.gz/),
    );
    const other = await tarGz([{ name: "cifar-10-python/data", bytes: new Uint8Array(3) }]);
    await expect(readCifar100(await put(other))).rejects.toMatchObject(
      refused(/holds none of CIFAR-100's files; expected/),
    );
  });

  it("names an archive that is cut off", async () => {
    const { python } = await archivesOf(cifar);
    await expect(readCifar100(await put(python.subarray(0, python.length / 2)))).rejects.toMatchObject(
      refused(/cifar-100\.tar\.gz: it is cut off/),
    );
  });

  it.each<[string, string, Uint8Array, RegExp]>([
    ["a pickle that calls", "python/train", Buffer.from("cos\nsystem\n."), /train .*refers to os\.system/],
    [
      "a pickle of something else",
      "python/train",
      Buffer.from("}."),
      /train has no array of bytes called data/,
    ],
    ["no names", "python/meta", Buffer.from("}."), /meta has no list of names fine_label_names/],
    [
      "half a record",
      "binary/test.bin",
      new Uint8Array(3075),
      /test\.bin has 3075 bytes, .* records of 3074/,
    ],
  ])("refuses %s", async (_, file, bytes, message) => {
    const files = file.startsWith("python") ? pythonFiles(cifar) : binaryFiles(cifar);
    const changed = files.map((entry) => (entry.name.endsWith(file) ? { ...entry, bytes } : entry));
    await expect(readCifar100(await put(await tarGz(changed)))).rejects.toMatchObject(refused(message));
  });
});
