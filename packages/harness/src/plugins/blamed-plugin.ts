import type { FunctionFamily, Plugin } from "@metabench/core";
import { blamedFamily } from "./blamed-family.ts";
import { blaming, gaveWrong, type Called } from "./blame.ts";

const kindNames: Readonly<Record<Plugin["kind"], string>> = {
  algorithm: "Algorithm",
  backbone: "Backbone",
  dataset: "Data set",
  protocol: "Protocol",
  suite: "Suite",
};

/** What the functions of plugins that have no schema must give. */
const results: Readonly<Record<string, { readonly is: (value: unknown) => boolean; readonly form: string }>> =
  {
    label: { is: (value) => typeof value === "string", form: "a text" },
    contentHash: {
      is: (value) => value === null || (typeof value === "string" && /^[0-9a-f]{64}$/.test(value)),
      form: "null or a SHA-256 in 64 lower-case hexadecimal digits",
    },
  };

/** Functions whose errors are told elsewhere, with more than this place knows. */
const toldElsewhere: ReadonlySet<string> = new Set(["prepare", "instantiate"]);

const isFamily = (data: unknown): data is FunctionFamily =>
  typeof data === "object" &&
  data !== null &&
  "kind" in data &&
  data.kind === "function-family" &&
  ["draw", "input", "grid"].every((name) => typeof (data as Record<string, unknown>)[name] === "function");

type Callable = (...args: readonly unknown[]) => unknown;

/** A function of a plugin that blames the plugin for what goes wrong in it. */
function blamed(called: Called, run: Callable): Callable {
  const result = results[called.name];
  const call = blaming(called, run);
  return (...args) => {
    const given = call(...args);
    if (result && !result.is(given)) throw gaveWrong(called, given, result.form);
    return given;
  };
}

const originals = new WeakMap<object, object>();

/** The plugin as its module exports it. */
export const originalOf = (plugin: object): object => originals.get(plugin) ?? plugin;

/**
 * The same plugin, whose functions name it where they throw or give what they may not.
 *
 * @param file the plugin's, named where an error does not say which file broke
 */
export function blamedPlugin<P extends Plugin>(plugin: P, file: string): P {
  const of = { plugin: `${kindNames[plugin.kind]} ${plugin.id}`, file };
  const functions = Object.entries(plugin).flatMap(([name, value]: readonly [string, unknown]) =>
    typeof value === "function" && !toldElsewhere.has(name)
      ? [[name, blamed({ ...of, name }, (value as Callable).bind(plugin))] as const]
      : [],
  );
  const own: object = Object.assign(
    Object.create(Object.getPrototypeOf(plugin) as object | null) as object,
    plugin,
    Object.fromEntries(functions),
    plugin.kind === "dataset" && {
      prepare: async (...args: Parameters<typeof plugin.prepare>) => {
        const data = await plugin.prepare(...args);
        return isFamily(data) ? blamedFamily(data, of) : data;
      },
    },
  );
  originals.set(own, plugin);
  return own as P;
}
