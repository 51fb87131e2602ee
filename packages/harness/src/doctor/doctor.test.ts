import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspect } from "./inspect.ts";
import { renderReport } from "./render.ts";
import { doctorReportSchema } from "./report.ts";
import type { DoctorReport } from "./report.ts";

describe("the doctor", () => {
  it("reports what it found, in the documented shape, and the backend that truly started", async () => {
    const root = await mkdtemp(join(tmpdir(), "metabench-data-"));
    try {
      await mkdir(join(root, "omniglot"));
      await writeFile(join(root, ".hidden"), "");
      const report = await inspect({ dataRoots: [root, join(root, "absent")] });
      expect(doctorReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
      expect(report.backend.state).toBe("started");
      expect(report.data).toEqual([
        { root, exists: true, entries: ["omniglot"] },
        { root: join(root, "absent"), exists: false, entries: [] },
      ]);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

  it("says what to do about what is missing", () => {
    const text = renderReport(nothingFound);
    expect(text).toContain("apt-get install g++");
    expect(text).toContain("killed by SIGILL");
    expect(text).toContain("correct METABENCH_DATA");
    expect(text.match(/missing/gu)).toHaveLength(7);
  });
});

const nothingFound: DoctorReport = {
  schema: "metabench/doctor/1",
  node: "22.23.3",
  platform: "linux-x64, glibc 2.36",
  processor: { model: "Some processor", cores: 2 },
  memoryBytes: { total: 8e9, free: 4e9 },
  tools: {
    python: { found: false, advice: "install Python 3" },
    pip: { found: false, advice: "install pip" },
    compiler: { found: false, advice: "apt-get install g++" },
  },
  cards: [],
  native: { state: "missing", advice: "run: metabench setup" },
  backend: { state: "failed", message: "killed by SIGILL" },
  cache: { folder: "/cache", writable: false, freeBytes: 0 },
  data: [{ root: "/data", exists: false, entries: [] }],
};
