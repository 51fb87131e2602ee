import process from "node:process";
import { MetabenchError } from "@metabench/core";
import { describe, expect, it } from "vitest";
import type { ChildMessage } from "../wire/index.ts";
import { runChild, TrialFailure, type Limits } from "./child-process.ts";
import { startOf } from "./trial.test-support.ts";

const forever = "for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)";

/** Runs a trial whose update is `train`; says what came of it. */
async function ran(
  train: string,
  limits: Partial<Limits> = {},
  heard?: (message: ChildMessage) => void,
  start = startOf(train),
) {
  const messages: ChildMessage["type"][] = [];
  const unlimited: Limits = {
    threads: 1,
    timeLimitSeconds: null,
    memoryLimitBytes: null,
    signal: new AbortController().signal,
  };
  const failure = await runChild({ ...unlimited, ...limits }, start, (message) => {
    messages.push(message.type);
    heard?.(message);
  }).then(
    () => null,
    (error: unknown) => error,
  );
  return { messages, failure };
}

const failureOf = (failure: unknown) => {
  expect(failure).toBeInstanceOf(TrialFailure);
  return failure as TrialFailure;
};

describe("a trial's process", () => {
  it("is ended at its time limit", async () => {
    const { failure, messages } = await ran(forever, { timeLimitSeconds: 4 });
    expect(failureOf(failure)).toMatchObject({
      status: "timed-out",
      message: expect.stringMatching(/limit of 4 seconds\. Raise --time-limit/),
    });
    // On a busy machine not even the start may be told in time.
    expect(messages.filter((type) => type !== "started")).toEqual([]);
  });

  it.runIf(process.platform === "linux")("is ended at its memory limit", async () => {
    const { failure } = await ran(forever, { memoryLimitBytes: 20e6, timeLimitSeconds: 60 });
    expect(failureOf(failure)).toMatchObject({
      status: "out-of-memory",
      message: expect.stringMatching(/its limit is 19 MiB\. Raise --memory-limit/),
    });
  });

  it("is no failure of the trial where it cannot be started", async () => {
    const { execPath } = process;
    process.execPath = "/nowhere/node";
    try {
      const { failure } = await ran(forever);
      expect(failure).toBeInstanceOf(MetabenchError);
      expect(failure).toMatchObject({
        code: "set-up-failed",
        message: expect.stringMatching(/\/nowhere\/node.*Install the packages again/),
      });
    } finally {
      process.execPath = execPath;
    }
  });

  it("is ended when the run is interrupted, which is no failure of the trial", async () => {
    const controller = new AbortController();
    const { failure } = await ran(forever, { signal: controller.signal }, () => {
      controller.abort();
    });
    expect(failure).toBeInstanceOf(MetabenchError);
    expect(failure).toMatchObject({
      code: "cancelled",
      message: expect.stringContaining("Repeat the command"),
    });
  });

  it("is said to lack memory where something else killed it", async () => {
    const { failure } = await ran('process.kill(process.pid, "SIGKILL")');
    expect(failureOf(failure)).toMatchObject({
      status: "out-of-memory",
      message: expect.stringMatching(/killed from outside.*Lower --jobs/),
    });
  });

  it("has failed where it ends of itself, with the end of its log", async () => {
    const { failure } = await ran('console.log("so far"); console.error("so good"); process.exit(3)');
    expect(failureOf(failure)).toMatchObject({
      status: "failed",
      message: expect.stringContaining("exit code 3"),
    });
    expect(failureOf(failure).log).toMatch(/so far[^]*so good/);
  });

  it.each<[string, { version?: string; source?: string }, RegExp]>([
    ["of another version", { version: "0.9.0" }, /mine\.mjs\) was changed .*version was 0\.9\.0/],
    ["of another text", { source: "0".repeat(64) }, /mine\.mjs\) was changed .*another text then/],
  ])("refuses a plugin that is %s than was planned", async (_, planned, says) => {
    const start = startOf("");
    const algorithm = { ...start.spec.algorithm, ...planned };
    const spec = { ...start.spec, algorithm };
    const { failure, messages } = await ran("", {}, undefined, { ...start, spec });
    expect(failureOf(failure)).toMatchObject({
      status: "failed",
      code: "invalid-plugin",
      message: expect.stringMatching(says),
    });
    expect(messages).toEqual(["started"]);
  });

  it("has broken the contract where training returns a promise, however that ends", async () => {
    const { failure } = await ran('return Promise.reject(new Error("late"))');
    expect(failureOf(failure)).toMatchObject({
      status: "invalid",
      code: "contract-broken",
      message: expect.stringMatching(/^train\(\) must return its losses by name, .*not a promise\.$/),
    });
  });

  it("cannot say what the protocol does not know", async () => {
    const { failure } = await ran('process.send({ type: "tested", seconds: 0, accuracy: 1 })', {
      timeLimitSeconds: 60,
    });
    expect(failureOf(failure)).toMatchObject({ status: "invalid", code: "contract-broken" });
  });

  it("is ended where its answers break the contract", async () => {
    const { failure } = await ran(forever, { timeLimitSeconds: 60 }, () => {
      throw new MetabenchError("contract-broken", "These are not usable. Fix them.");
    });
    expect(failureOf(failure)).toMatchObject({
      status: "invalid",
      code: "contract-broken",
      message: "These are not usable. Fix them.",
    });
  });
});
