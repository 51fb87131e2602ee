import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it, onTestFinished } from "vitest";
import { storeFailure } from "./failure.ts";
import { failedRecord } from "./record.test-support.ts";
import { openStore } from "./store.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "metabench-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a script that has the rooms's exports, `folder` and `say` at hand; a line of output is one call of `say`. */
function child(folder: string, script: string) {
  const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  return execa(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `const { openStore } = await import(${here("./index.ts")});
     const { failedRecord } = await import(${here("./record.test-support.ts")});
     const { writeSync } = await import("node:fs");
     const folder = ${JSON.stringify(folder)};
     const say = (line) => writeSync(1, line + "\\n");
     ${script}`,
    ],
    { reject: false },
  );
}

describe("a store", () => {
  it("gives back what was written, sorted, and keeps work out of version control", async () => {
    const folder = join(temporaryFolder(), "deep", "results");
    const store = await openStore(folder);
    const records = [0, 1, 2].map((seed) => failedRecord(seed));
    for (const record of records) await store.write(record);
    const sorted = records.toSorted((a, b) => (a.identity < b.identity ? -1 : 1));
    expect(await (await openStore(folder, { readOnly: true })).list()).toEqual(sorted);
    const [first] = sorted;
    expect(await store.read(first?.identity ?? "")).toEqual(first);
    expect(await store.has(first?.identity ?? "")).toBe(true);
    expect(await store.has("f".repeat(64))).toBe(false);
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe(".work/\n.parameters/\n");
    expect(readdirSync(join(folder, ".work"))).toEqual([]);
  });

  it("does not overwrite a record unless forced", async () => {
    const store = await openStore(temporaryFolder());
    const record = failedRecord(0);
    await store.write(record);
    await expect(store.write(failedRecord(0, "other"))).rejects.toMatchObject({
      code: "store-failed",
      message: expect.stringMatching(/--force/),
    });
    expect(await store.read(record.identity)).toEqual(record);
    await store.write(failedRecord(0, "other"), { force: true });
    expect(await store.read(record.identity)).toEqual(failedRecord(0, "other"));
  });

  it.each<[string, (text: string) => string, RegExp]>([
    [
      "text that is not JSON",
      (text) => text.slice(0, 1000),
      /\.json is not a valid trial record: it is not JSON/,
    ],
    [
      "a wrong field",
      (text) => text.replace('"threads": 1', '"threads": "one"'),
      /provenance\.backend\.threads: .*number/,
    ],
    ["an unknown field", (text) => text.replace("{", '{ "more": 1,'), /"more"/],
    ["a spec that was changed", (text) => text.replace('"seed": 0', '"seed": 1'), /identity: .* differ/],
  ])("names file, field and reason of a record with %s", async (_, spoil, says) => {
    const store = await openStore(temporaryFolder());
    const record = failedRecord(0);
    await store.write(record);
    const file = join(store.folder, `${record.identity}.json`);
    writeFileSync(file, spoil(readFileSync(file, "utf8")));
    const refusal = { code: "invalid-record", message: expect.stringMatching(says) };
    await expect(store.list()).rejects.toMatchObject(refusal);
    await expect(store.read(record.identity)).rejects.toMatchObject({
      message: expect.stringContaining(file),
    });
  });

  it("says what is wrong with a folder that cannot be one", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    await expect(openStore(file)).rejects.toMatchObject({
      code: "store-failed",
      message: expect.stringMatching(/not a folder.*--store/),
    });
    await expect(openStore(join(file, "below"))).rejects.toMatchObject({ code: "store-failed" });
    await expect(openStore(join(file, "..", "gone"), { readOnly: true })).rejects.toMatchObject({
      message: expect.stringMatching(/does not exist/),
    });
  });

  it("tells a full disk from a missing permission", () => {
    const failure = (code: string) =>
      storeFailure("x cannot be written", Object.assign(new Error(code), { code })).message;
    expect(failure("ENOSPC")).toMatch(/disk is full/);
    expect(failure("EROFS")).toMatch(/read-only/);
  });
});

describe.runIf(process.platform !== "win32")("a store with what is no plain file", () => {
  it("says so, instead of waiting for a pipe that nobody writes into", async () => {
    const folder = temporaryFolder();
    const pipe = join(folder, `${"a".repeat(64)}.json`);
    await execa("mkfifo", [pipe]);
    const store = await openStore(folder, { readOnly: true });
    const refused = {
      code: "invalid-record",
      message: expect.stringContaining("is no plain file") as string,
    };
    await expect(store.list()).rejects.toMatchObject(refused);
    rmSync(pipe);
    mkdirSync(pipe);
    await expect(store.list()).rejects.toMatchObject(refused);
  });
});

describe("a store that is written to by processes that are killed", () => {
  it("holds whole records only, and every one that was said to be written", async () => {
    const folder = temporaryFolder();
    for (const round of [1, 2, 3]) {
      const writer = child(
        folder,
        `const store = await openStore(folder);
         const log = "x".repeat(300_000);
         for (let seed = ${String(round)} * 1000; ; seed++) { await store.write(failedRecord(seed, log)); say(seed); }`,
      );
      const said: number[] = [];
      for await (const line of writer.iterable()) {
        said.push(Number(line));
        if (said.length === 5 * round) writer.kill("SIGKILL");
      }
      await writer;
      const seeds = new Set((await (await openStore(folder)).list()).map(({ spec }) => spec.seed));
      for (const seed of said) expect(seeds).toContain(seed);
    }
  });

  it("lets one of several writers of a record win", async () => {
    const folder = temporaryFolder();
    const script = `
      const store = await openStore(folder);
      let won = 0;
      for (let seed = 0; seed < 30; seed++) await store.write(failedRecord(seed, String(process.pid))).then(() => won++, (error) => { if (error.code !== "store-failed") throw error; });
      say(won);`;
    const won = await Promise.all([child(folder, script), child(folder, script)]);
    expect(won.reduce((sum, { stdout }) => sum + Number(stdout), 0)).toBe(30);
    expect(await (await openStore(folder)).list()).toHaveLength(30);
  });
});

describe("a claim", () => {
  const identity = "a".repeat(64);

  it("is one process's at a time, and can be given back", async () => {
    const store = await openStore(temporaryFolder());
    const release = await store.claim(identity);
    expect(readdirSync(store.workFolder(identity))).toEqual([]);
    const other = await child(
      store.folder,
      `say(String(await (await openStore(folder)).claim("${identity}")));`,
    );
    expect(other.stdout).toBe("null");
    await release?.();
    expect(readdirSync(join(store.folder, ".work"))).toEqual([]);
    const again = await store.claim(identity);
    expect(again).not.toBeNull();
    await again?.();
  });

  it("that another process holds leaves nothing behind", async () => {
    const store = await openStore(temporaryFolder());
    const release = await store.claim(identity);
    await store.discardWork(identity);
    expect(await store.claim(identity)).toBeNull();
    expect(existsSync(store.workFolder(identity))).toBe(false);
    await release?.();
    expect(readdirSync(join(store.folder, ".work"))).toEqual([]);
  });

  it("of a process that was killed goes to one of many that want it at the same moment", async () => {
    const store = await openStore(temporaryFolder());
    const dead = await child(store.folder, `say(String(process.pid));`);
    for (let round = 0; round < 20; round += 1) {
      const held = await store.claim(identity);
      expect(held).not.toBeNull();
      // As a killed process leaves it: the lock is there, its owner is not.
      const owner = join(store.folder, ".work", `${identity}.owner.json`);
      writeFileSync(
        owner,
        JSON.stringify({ ...JSON.parse(readFileSync(owner, "utf8")), process: Number(dead.stdout) }),
      );
      const claims = await Promise.all(Array.from({ length: 4 }, async () => store.claim(identity)));
      const won = claims.filter((claim) => claim !== null);
      expect(won).toHaveLength(1);
      for (const release of won) await release();
      await held?.();
    }
  });

  it("of a process that was killed is free at once, its checkpoints kept", async () => {
    const store = await openStore(temporaryFolder());
    const holder = child(
      store.folder,
      `await (await openStore(folder)).claim("${identity}"); say("held"); setInterval(() => {}, 1000);`,
    );
    for await (const line of holder.iterable()) {
      expect(line).toBe("held");
      expect(await store.claim(identity)).toBeNull();
      writeFileSync(join(store.workFolder(identity), "checkpoint"), "weights");
      holder.kill("SIGKILL");
    }
    await holder;
    const release = await store.claim(identity);
    expect(release).not.toBeNull();
    await release?.();
    expect(readdirSync(store.workFolder(identity))).toEqual(["checkpoint"]);
    await store.discardWork(identity);
    expect(readdirSync(join(store.folder, ".work"))).toEqual([]);
  });
});
