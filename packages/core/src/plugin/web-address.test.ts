import { describe, expect, it } from "vitest";
import { buildRecord, classified, good } from "../leaderboard/record.test-support.ts";
import { trialRecordSchema } from "../record/trial-record.ts";
import { referenceSchema } from "./manifest.ts";
import { webAddress } from "./web-address.ts";

const scripts = [
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "JavaScript://example.org/%0Aalert(1)",
];

describe("webAddress", () => {
  it("is of the web", () => {
    for (const url of ["https://arxiv.org/abs/1703.03400", "http://example.org", "HTTPS://example.org/"])
      expect(webAddress.safeParse(url).success).toBe(true);
    for (const url of [...scripts, "file:///etc/passwd", "example.org", ""])
      expect(webAddress.safeParse(url).success, url).toBe(false);
  });

  it.each(scripts)("lets %s into no link of a reference or a record", (url) => {
    expect(referenceSchema.safeParse({ title: "A", authors: ["B"], year: 2020, url }).success).toBe(false);
    const record = buildRecord({ outcome: classified([good]) });
    const licence = { name: "CC0", url };
    const dataset = { ...record.display.dataset, licence };
    expect(
      trialRecordSchema.safeParse({ ...record, display: { ...record.display, dataset } }).error?.issues[0]
        ?.path,
    ).toEqual(["display", "dataset", "licence", "url"]);
  });
});
