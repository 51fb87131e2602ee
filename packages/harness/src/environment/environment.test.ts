import { describe, expect, it } from "vitest";
import { environment, environmentSchema } from "./environment.ts";

describe("a record's environment", () => {
  it("names commit, packages and machine", async () => {
    const found = environmentSchema.parse(await environment());
    expect(found.packages).toMatchObject({ "@tensorflow/tfjs-core": "4.22.0" });
    expect(found.lockFileHash).toMatch(/^[0-9a-f]{64}$/u);
    expect(found.commit ?? "0".repeat(40)).toMatch(/^[0-9a-f]{40}$/u);
    expect(found.memoryBytes).toBeGreaterThan(1e8);
  });
});
