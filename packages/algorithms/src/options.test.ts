import { describe, expect, it } from "vitest";
import { z } from "zod";
import plugins from "./index.ts";

const schemaOf = z.object({ properties: z.record(z.string(), z.looseObject({})).default({}) });

/** Names of options, with what users are told of each. */
const told = (optionsSchema: z.ZodType) =>
  Object.entries(
    schemaOf.parse(z.toJSONSchema(optionsSchema, { io: "input", unrepresentable: "any" })).properties,
  ).map(([name, property]) => [name, property["description"]] as const);

describe("options of built-in methods and backbones", () => {
  it.each(
    plugins.map((plugin) => ({
      id: `${"setting" in plugin ? plugin.setting : "backbone"} ${plugin.id}`,
      plugin,
    })),
  )("are each described to users: $id", ({ plugin }) => {
    for (const [name, description] of told(plugin.optionsSchema))
      expect(description, name).toMatch(/^\S.{5,}\.$/);
  });
});
