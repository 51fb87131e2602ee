import {
  checkProtocol,
  defineSuite,
  describeIssues,
  manifestSchema,
  MetabenchError,
  settings,
  tiers,
  unprintablePath,
  type Plugin,
  type ProtocolPlugin,
  type SuiteDefinition,
} from "@metabench/core";
import { z } from "zod";
import { describeThrown } from "./plugin-frame.ts";

const callable = z.custom<(...args: never) => unknown>(
  (value) => typeof value === "function",
  "must be a function",
);
const shape = {
  ...manifestSchema.shape,
  optionsSchema: z.custom((value) => value instanceof z.ZodType, "must be a Zod schema"),
  parseOptions: callable,
};

/** A plugin as `define…` leaves it. Plugins may be JavaScript, or put together by hand: the types alone prove nothing. */
const pluginSchema = z.discriminatedUnion("kind", [
  z.looseObject({
    ...shape,
    kind: z.literal("algorithm"),
    setting: z.enum(settings),
    label: callable,
    instantiate: callable,
  }),
  z.looseObject({ ...shape, kind: z.literal("backbone"), instantiate: callable }),
  z.looseObject({
    ...shape,
    kind: z.literal("dataset"),
    sources: callable,
    contentHash: callable,
    prepare: callable,
  }),
  z.looseObject({
    kind: z.literal("protocol"),
    id: z.string(),
    setting: z.enum(settings),
    tiers: z.array(z.enum(tiers)).min(1),
    at: callable,
  }),
  z.looseObject({ kind: z.literal("suite") }),
]);

const howToMend =
  "Write `export default defineAlgorithm({ … })` (or defineDataset, defineBackbone, defineProtocol, defineSuite), or export a list of such.";

/**
 * Checks what a schema does not see: that a protocol is itself at each of its tiers, and the fields of a suite.
 *
 * @throws MetabenchError `invalid-protocol` or `invalid-plugin`
 */
function checkDeclared(plugin: Plugin): void {
  if (plugin.kind === "protocol") for (const tier of plugin.tiers) checkTier(plugin, tier);
  const { kind, ...definition } = plugin;
  if (kind === "suite") defineSuite(definition as SuiteDefinition);
}

function checkTier(plugin: ProtocolPlugin, asked: (typeof tiers)[number]): void {
  const protocol = checkProtocol(plugin.at(asked));
  const { id, kind, tier, division } = protocol;
  const text = unprintablePath(protocol);
  if (text)
    throw new MetabenchError(
      "invalid-protocol",
      `Protocol ${plugin.id}: ${text.path.join(".")} holds the character ${text.character}, which is not for print. Take it out.`,
    );
  if (id !== plugin.id || kind !== plugin.setting || tier !== asked || division !== "closed")
    throw new MetabenchError(
      "invalid-protocol",
      `Protocol ${plugin.id} is ${id} (${kind}) at tier ${tier}, in the ${division} division, where it should be itself.`,
    );
}

/**
 * The plugins that a module exports by default: one, or a list.
 *
 * @throws MetabenchError `invalid-plugin` naming the file and what is wrong
 */
export function pluginsOf(namespace: { readonly default?: unknown }, file: string): readonly Plugin[] {
  const exported = unwrap(namespace.default);
  if (exported === undefined) throw invalid(`${file} has no default export.`);
  const list = Array.isArray(exported) ? (exported as readonly unknown[]) : [exported];
  if (list.length === 0) throw invalid(`${file} exports an empty list.`);
  return list.map((item, index) => {
    const name = Array.isArray(exported)
      ? `Item ${String(index)} of the default export of ${file}`
      : `The default export of ${file}`;
    const parsed = pluginSchema.safeParse(item);
    if (!parsed.success) throw invalid(`${name} is not a plugin: ${describeIssues(parsed.error)}.`);
    const plugin = item as Plugin;
    const text = unprintablePath(declared(plugin));
    if (text)
      throw invalid(
        `${name}: ${text.path.join(".")} holds the character ${text.character}, which is not for print. Take it out.`,
      );
    try {
      checkDeclared(plugin);
    } catch (error) {
      throw invalid(`${name}: ${error instanceof MetabenchError ? error.message : describeThrown(error)}`);
    }
    return plugin;
  });
}

/** What a plugin says of itself in plain values. */
function declared(plugin: Plugin): object {
  return Object.fromEntries(Object.entries(plugin).filter(([field]) => field !== "optionsSchema"));
}

/** Compilers to CommonJS put the default export of an ES module one level down. */
function unwrap(exported: unknown): unknown {
  const compiled =
    typeof exported === "object" && exported !== null && "__esModule" in exported && "default" in exported;
  return compiled ? exported.default : exported;
}

function invalid(what: string): MetabenchError {
  return new MetabenchError("invalid-plugin", `${what} ${howToMend}`);
}
