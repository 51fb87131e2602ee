import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeFolder } from "./make-folder.ts";

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), "metabench-folder-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

describe("makeFolder", () => {
  it("makes a folder and those above it, also where others make them at the same time or they are there", async () => {
    const deep = join(place(), "a", "b", "c");
    await Promise.all([makeFolder(deep), makeFolder(join(deep, "d")), makeFolder(deep)]);
    await makeFolder(deep);
    expect(statSync(join(deep, "d")).isDirectory()).toBe(true);
  });

  it("tells a file in the way from a folder", async () => {
    const file = join(place(), "file");
    writeFileSync(file, "");
    await expect(makeFolder(file)).rejects.toMatchObject({ code: "EEXIST" });
    await expect(makeFolder(join(file, "below"))).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it.runIf(existsSync("/proc/self"))("ends where no folder can be made", async () => {
    for (const folder of ["/proc/store", "/proc/a/b/c"])
      await expect(makeFolder(folder)).rejects.toMatchObject({
        code: "store-failed",
        message: expect.stringMatching(/takes no new folders\. Choose another place/) as string,
      });
  });
});
