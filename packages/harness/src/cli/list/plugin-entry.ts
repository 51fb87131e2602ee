import type { JsonObject, OptionedPlugin, Reference } from "@metabench/core";
import type { Colors } from "picocolors/types.js";
import { z } from "zod";
import { describeOrigin, isBuiltIn, type Loaded, type PluginOrigin } from "../../plugins/index.ts";

/** What every kind of plugin is listed with. */
export interface PluginEntry {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  readonly reference: Reference | null;
  /** JSON Schema of the options. */
  readonly options: Record<string, unknown>;
  readonly origin: PluginOrigin;
}

/** Lists a plugin without its functions. */
export function pluginEntry<P extends OptionedPlugin>({ plugin, origin }: Loaded<P>): PluginEntry {
  const { id, version, title, summary, reference, optionsSchema } = plugin;
  return {
    id,
    version,
    title,
    summary,
    reference,
    // Schemas with transforms have no JSON Schema for their output; what `--set` may give is their input.
    options: z.toJSONSchema(optionsSchema, { io: "input", unrepresentable: "any" }),
    origin: originEntry(origin),
  };
}

/** Where a plugin comes from, without anything else that the loader knows. */
export const originEntry = ({
  module,
  package: name,
  packageVersion,
  source,
}: PluginOrigin): PluginOrigin => ({
  module,
  package: name,
  packageVersion,
  source,
});

/** "from ./file.ts" as a line of a list; nothing of what comes with the suite. */
export const originLines = (origin: PluginOrigin): readonly string[] =>
  isBuiltIn(origin) ? [] : [`  from ${describeOrigin(origin)}`];

/** A plugin for people: title, facts, options with their defaults, where published and where from. */
export function describePlugin(entry: PluginEntry, facts: readonly string[], colours: Colors): string {
  const { reference } = entry;
  const lines = [
    `${colours.bold(entry.id)}  ${entry.title} ${entry.version}`,
    `  ${entry.summary}`,
    ...facts.map((fact) => `  ${fact}`),
    ...optionLines(entry.options).map((line) => `  --set ${line}`),
    ...(reference === null
      ? []
      : [`  ${surnames(reference)} ${String(reference.year)}, ${reference.title}. ${reference.url}`]),
    ...originLines(entry.origin),
  ];
  return `${lines.join("\n")}\n`;
}

/** "preset mini-imagenet: --set innerSteps=5 --set …": each published setting as the flags that run it. */
export const presetLines = (presets: Readonly<Record<string, JsonObject>>): readonly string[] =>
  Object.entries(presets).map(
    ([name, options]) =>
      `preset ${name}: ${settings(options)
        .map((one) => `--set ${one}`)
        .join(" ")}`,
  );

/** `option=value` for each option, with dots into objects: a shell would take braces for its own. */
const settings = (options: JsonObject, within = ""): readonly string[] =>
  Object.entries(options).flatMap(([option, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? settings(value as JsonObject, `${within}${option}.`)
      : [`${within}${option}=${typeof value === "string" ? value : JSON.stringify(value)}`],
  );

function surnames({ authors }: Reference): string {
  return authors.length > 3 ? `${authors[0] ?? ""} et al.` : authors.join(", ");
}

const optionsShape = z.object({ properties: z.record(z.string(), z.looseObject({})).default({}) });
const optionShape = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.json()).optional(),
  anyOf: z.array(z.looseObject({ type: z.string().optional(), const: z.json().optional() })).optional(),
  default: z.json().optional(),
  description: z.string().optional(),
});

/** "innerRate=0.4 (number)": each option at its default, with what it takes. */
function optionLines(schema: Record<string, unknown>): readonly string[] {
  const parsed = optionsShape.safeParse(schema);
  if (!parsed.success) return [];
  return Object.entries(parsed.data.properties).map(([name, property]) => {
    const option = optionShape.safeParse(property).data ?? {};
    const initial =
      option.default === undefined
        ? "…"
        : typeof option.default === "string"
          ? option.default
          : JSON.stringify(option.default);
    return `${name}=${initial} (${accepted(option)})${option.description === undefined ? "" : ` ${option.description}`}`;
  });
}

function accepted(option: z.infer<typeof optionShape>): string {
  if (option.enum)
    return option.enum
      .map((value) => JSON.stringify(value))
      .join(" | ")
      .replaceAll('"', "");
  if (option.anyOf)
    return option.anyOf
      .map((one) => (one.const === undefined ? (one.type ?? "any") : JSON.stringify(one.const)))
      .join(" | ");
  return [option.type ?? "any"].flat().join(" | ");
}
