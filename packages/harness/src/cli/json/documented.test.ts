import { readFileSync } from "node:fs";
import { compareReportSchema } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { doctorReportSchema } from "../../doctor/index.ts";
import * as schemas from "./index.ts";

const documentation = readFileSync(new URL("../../../../../docs/json.md", import.meta.url), "utf8");

describe("docs/json.md", () => {
  it.each(Object.entries({ ...schemas, compareReportSchema, doctorReportSchema }))(
    "knows the document of %s, and its own fields",
    (_, schema: z.ZodType) => {
      const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
      const [name] = /metabench\/[a-z-]+\/\d+/.exec(JSON.stringify(json)) ?? [];
      expect(documentation).toContain(`\`${String(name)}\``);
      for (const part of json.oneOf ?? json.anyOf ?? [json])
        for (const field of Object.keys(typeof part === "object" ? (part.properties ?? {}) : {}))
          expect(documentation).toMatch(new RegExp(`\`[.]?${field}(\\[\\])?\``));
    },
  );
});
