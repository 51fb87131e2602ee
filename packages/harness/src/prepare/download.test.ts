import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { download, type Download } from "./download.ts";
import { sendAndDrop, sendWithRanges, serve } from "./file-server.test-support.ts";
import type { Progress } from "./progress.ts";

const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 7);
const md5 = (content: Uint8Array) => createHash("md5").update(content).digest("hex");
const published = { algorithm: "md5", value: md5(bytes) } as const;

let folder: string;
let target: string;
let progress: Progress[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "metabench-download-"));
  target = join(folder, "file.zip");
  progress = [];
});
afterEach(async () => rm(folder, { recursive: true }));

const fetchFrom = (url: string, other: Partial<Download> = {}) =>
  download({
    url,
    target,
    checksum: published,
    otherwise: "put the file at DATA/file.zip",
    onProgress: (step) => progress.push(step),
    ...other,
  });
/** Once the first 100,000 bytes lie on disk. */
const arrived = () =>
  vi.waitFor(async () => expect((await stat(`${target}.partial`)).size).toBe(100_000), { timeout: 20_000 });
const failure = (code: string, message: RegExp) => ({
  code,
  message: expect.stringMatching(message) as string,
});

describe("download", () => {
  it("fetches a file, says how far it is, and leaves nothing beside it", async () => {
    await using server = await serve(sendWithRanges(bytes, '"1"'));
    await fetchFrom(server.url);
    expect(new Uint8Array(await readFile(target))).toEqual(bytes);
    expect(await readdir(folder)).toEqual(["file.zip"]);
    expect(progress.at(-1)).toEqual({
      message: `Downloading ${server.url}: 300.0 kB of 300.0 kB`,
      fraction: 1,
    });
  });

  it("refuses a wrong checksum, names both, and keeps nothing", async () => {
    const other = bytes.map((byte) => byte ^ 1);
    await using server = await serve(sendWithRanges(other, '"1"'));
    await expect(fetchFrom(server.url)).rejects.toMatchObject(
      failure(
        "data-corrupt",
        new RegExp(`expected md5 ${published.value}, got ${md5(other)}.*put the file at DATA`),
      ),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it("reports a truncated download and never puts it at the target", async () => {
    await using server = await serve(sendAndDrop(bytes, 100_000, arrived));
    await expect(fetchFrom(server.url)).rejects.toMatchObject(
      failure(
        "download-failed",
        /stopped after 100000 of 300000 bytes\. Run again to continue from there, or put/,
      ),
    );
    expect(await readdir(folder)).toEqual(["file.zip.partial"]);
  });

  it("reports a truncated download also where no checksum was published", async () => {
    await using server = await serve(sendAndDrop(bytes, 100_000, arrived));
    await expect(fetchFrom(server.url, { checksum: null })).rejects.toMatchObject({
      code: "download-failed",
    });
    expect(await readdir(folder)).not.toContain("file.zip");
  });

  it("reports an address that is not there", async () => {
    await using server = await serve((_, response) => response.writeHead(404).end("<html>not here</html>"));
    await expect(fetchFrom(server.url)).rejects.toMatchObject(
      failure("download-failed", /answered 404 Not Found.*put the file/),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it("reports a server that cannot be reached", async () => {
    const server = await serve(() => undefined);
    await server[Symbol.asyncDispose]();
    await expect(fetchFrom(server.url)).rejects.toMatchObject(
      failure("download-failed", /cannot be reached \(.*ECONNREFUSED/),
    );
  });

  it("goes on where it stopped", async () => {
    let drop = true;
    await using server = await serve((request, response) => {
      if (drop) sendAndDrop(bytes, 100_000, arrived, '"1"')(request, response);
      else sendWithRanges(bytes, '"1"')(request, response);
    });
    await expect(fetchFrom(server.url)).rejects.toMatchObject({ code: "download-failed" });
    drop = false;
    await fetchFrom(server.url);
    expect(new Uint8Array(await readFile(target))).toEqual(bytes);
    expect(server.requests[1]?.headers).toMatchObject({ range: "bytes=100000-", "if-range": '"1"' });
    expect(await readdir(folder)).toEqual(["file.zip"]);
  });

  it("starts over where the server ignores ranges", async () => {
    await writeFile(`${target}.partial`, bytes.subarray(0, 100_000));
    await using server = await serve((_, response) => response.writeHead(200).end(bytes));
    await fetchFrom(server.url);
    expect(server.requests[0]?.headers.range).toBe("bytes=100000-");
    expect(new Uint8Array(await readFile(target))).toEqual(bytes);
  });

  it("starts over where the file has changed since", async () => {
    await writeFile(`${target}.partial`, new Uint8Array(100_000));
    await writeFile(`${target}.partial.validator`, '"old"');
    await using server = await serve(sendWithRanges(bytes, '"new"'));
    await fetchFrom(server.url, { checksum: null });
    expect(new Uint8Array(await readFile(target))).toEqual(bytes);
  });

  it("starts over once where the two parts do not make the published file", async () => {
    await writeFile(`${target}.partial`, new Uint8Array(100_000));
    await using server = await serve(sendWithRanges(bytes, '"1"'));
    await fetchFrom(server.url);
    expect(server.requests.map(({ headers }) => headers.range)).toEqual(["bytes=100000-", undefined]);
    expect(new Uint8Array(await readFile(target))).toEqual(bytes);
  });

  it("does not join parts that neither a checksum nor the server vouches for", async () => {
    await writeFile(`${target}.partial`, new Uint8Array(100_000));
    await using server = await serve(sendWithRanges(bytes, '"1"'));
    await fetchFrom(server.url, { checksum: null });
    expect(server.requests[0]?.headers.range).toBeUndefined();
    expect(new Uint8Array(await readFile(target))).toEqual(bytes);
  });

  it("takes a partial file that was whole already", async () => {
    await writeFile(`${target}.partial`, bytes);
    await using server = await serve(sendWithRanges(bytes, '"1"'));
    await fetchFrom(server.url);
    expect(new Uint8Array(await readFile(target))).toEqual(bytes);
    expect(server.requests).toHaveLength(1);
  });

  it("fetches again what was whole already, where nothing but the server can vouch for it", async () => {
    await writeFile(`${target}.partial`, bytes);
    await writeFile(`${target}.partial.validator`, '"1"');
    await using server = await serve(sendWithRanges(bytes, '"1"'));
    await fetchFrom(server.url, { checksum: null });
    expect(server.requests).toHaveLength(2);
    expect(new Uint8Array(await readFile(target))).toEqual(bytes);
  });

  it("reports a server that sends less than it said the file has", async () => {
    await writeFile(`${target}.partial`, bytes.subarray(0, 100_000));
    await writeFile(`${target}.partial.validator`, '"1"');
    await using server = await serve((_, response) =>
      response
        .writeHead(206, { etag: '"1"', "content-range": "bytes 100000-149999/300000" })
        .end(bytes.subarray(100_000, 150_000)),
    );
    await expect(fetchFrom(server.url, { checksum: null })).rejects.toMatchObject(
      failure("download-failed", /stopped after 150000 of 300000 bytes/),
    );
    expect(await readdir(folder)).not.toContain("file.zip");
  });

  it("refuses an answer from another byte on", async () => {
    await writeFile(`${target}.partial`, bytes.subarray(0, 100_000));
    await using server = await serve((_, response) =>
      response.writeHead(206, { "content-range": "bytes 5-299999/300000" }).end(bytes.subarray(5)),
    );
    await expect(fetchFrom(server.url)).rejects.toMatchObject(
      failure("download-failed", /answered "bytes 5-.* bytes from 100000 on/),
    );
    expect(await readdir(folder)).not.toContain("file.zip");
  });

  it("stops when cancelled", async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, { "content-length": bytes.length });
      response.write(bytes.subarray(0, 100_000));
    });
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 200);
    await expect(fetchFrom(server.url, { signal: controller.signal })).rejects.toMatchObject({
      code: "cancelled",
    });
    expect(await readdir(folder)).not.toContain("file.zip");
  });
});
