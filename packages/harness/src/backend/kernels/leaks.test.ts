import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { whyNotNative } from "../native/addon.ts";
import { trialEnvironment } from "../trial-environment.ts";
import type { Left } from "./leak-child.test-support.ts";

const missing = whyNotNative();
const child = fileURLToPath(new URL("leak-child.test-support.ts", import.meta.url));

/** Calls that count, and those before them in which caches fill. */
const calls = { counted: 10_000, before: 1_000 };

describe.skipIf(missing !== undefined)(
  `ten thousand calls of a kernel and its gradient${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    let left: readonly Left[] = [];

    beforeAll(async () => {
      const process = execaNode(child, [String(calls.before), String(calls.counted)], {
        env: trialEnvironment({ threads: 1 }),
        // A small nursery: JavaScript's heap would grow by several megabytes while it learns how much is made.
        nodeOptions: ["--expose-gc", "--max-semi-space-size=1", "--no-warnings"],
        ipc: true,
      });
      [left] = (await Promise.all([process.getOneMessage(), process])) as unknown as [readonly Left[]];
    }, 600_000);

    it("leave no tensor behind, neither here nor in TensorFlow", () => {
      expect(left.length).toBeGreaterThan(0);
      for (const { name, tensors, nativeTensors } of left)
        expect({ tensors, nativeTensors }, name).toEqual({ tensors: 0, nativeTensors: 0 });
    });

    it("hold no more memory than before", () => {
      // A batch of the test's images holds 1,152 bytes: ten thousand that were kept would be 11.5 MB.
      for (const { name, residentBytes } of left) expect(residentBytes / 1e6, name).toBeLessThan(6);
    });
  },
);
