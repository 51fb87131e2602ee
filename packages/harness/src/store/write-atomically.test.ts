import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeAtomically } from "./write-atomically.ts";

const length = 16_000_000;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "metabench-write-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe("writeAtomically", () => {
  it("shows a whole text at every moment, also after the writer was killed", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "text");
    const module = new URL("./write-atomically.ts", import.meta.url).href;
    const writer = execa(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        `const { writeAtomically } = await import(${JSON.stringify(module)});
         const texts = ["a", "b"].map((letter) => letter.repeat(${String(length)}));
         for (let at = 0; ; at++) {
           await writeAtomically(${JSON.stringify(file)}, texts[at % 2], { replace: true, temporaryFolder: ${JSON.stringify(join(folder, "work"))} });
           if (at < 2) console.log(at);
         }`,
      ],
      { reject: false },
    );
    onTestFinished(() => void writer.kill("SIGKILL"));
    const isWhole = () => {
      const text = readFileSync(file, "utf8");
      expect(text).toHaveLength(length);
      expect(text[0]).toBe(text.at(-1));
    };
    for await (const line of writer.iterable()) {
      if (line !== "1") continue;
      for (let look = 0; look < 20; look++) isWhole();
      writer.kill("SIGKILL");
    }
    await writer;
    isWhole();
  });

  it("leaves nothing behind, and the old text in place, where it fails", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "text");
    const options = { replace: false, temporaryFolder: folder };
    await writeAtomically(file, "first", options);
    await expect(writeAtomically(file, "second", options)).rejects.toMatchObject({ code: "EEXIST" });
    expect(readFileSync(file, "utf8")).toBe("first");
    expect(readdirSync(folder)).toEqual(["text"]);
  });
});
