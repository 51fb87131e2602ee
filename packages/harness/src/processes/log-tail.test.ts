import { once } from "node:events";
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { logTail } from "./log-tail.ts";

async function tailOf(...parts: readonly (string | Buffer)[]): Promise<string> {
  const stream = new PassThrough();
  const tail = logTail(stream);
  for (const part of parts) stream.write(part);
  stream.end();
  await once(stream, "end");
  return tail();
}

it("keeps the last forty lines", async () => {
  const lines = Array.from({ length: 100 }, (_, at) => `line ${String(at)}`);
  expect(await tailOf(lines.map((line) => `${line}\n`).join(""))).toBe(lines.slice(60).join("\n"));
});

it("keeps a letter that comes in two parts, and cuts what no record should hold", async () => {
  const letter = Buffer.from("ü");
  expect(await tailOf(letter.subarray(0, 1), letter.subarray(1))).toBe("ü");
  expect((await tailOf("x".repeat(1_000_000), "end")).length).toBeLessThan(100_000);
  expect(await tailOf("x".repeat(1_000_000), "end")).toMatch(/xend$/);
});

it("is empty where nothing was said", async () => {
  expect(await tailOf()).toBe("");
});
