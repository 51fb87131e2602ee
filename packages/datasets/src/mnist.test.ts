import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { positionsByDigit, readMnist } from "./mnist.ts";
import { mnistFiles } from "./mnist.test-support.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "metabench-mnist-"));
});
afterAll(async () => rm(folder, { recursive: true }));

describe("readMnist", () => {
  it("reads the original digits", async () => {
    const { train, test } = await readMnist(mnistFiles);
    expect([train.images.length, test.images.length]).toEqual([60_000 * 784, 10_000 * 784]);
    // The first labels, and the number of each digit, as every tutorial shows them.
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect(positionsByDigit(train.labels).map(({ length }) => length)).toEqual([
      5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
    ]);
    expect(positionsByDigit(test.labels).map(({ length }) => length)).toEqual([
      980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]);
  });

  it("refuses a file that is not the original, with expected and actual sum", async () => {
    const bytes = await readFile(mnistFiles["test-labels"] ?? "");
    bytes[9] = 0;
    const path = join(folder, "labels");
    await writeFile(path, bytes);
    await expect(readMnist({ ...mnistFiles, "test-labels": path })).rejects.toMatchObject({
      code: "data-corrupt",
      message: expect.stringMatching(
        /expected MD5 27ae3e4e09519cfbb04c329615203637 .* got [0-9a-f]{32}/,
      ) as string,
    });
  });
});
