import { isDeepStrictEqual } from "node:util";
import { checkProtocol, MetabenchError, type JsonObject, type Protocol } from "@metabench/core";
import { describeOptions } from "../../execute/describe-options.ts";
import type { PluginRegistry } from "../../plugins/index.ts";
import { withoutDefaults } from "./without-defaults.ts";

/** A plugin to put in the place of a protocol's own, with the options that are set. */
export interface Substitute {
  readonly id: string;
  readonly options: JsonObject;
}

/** Plugins to put in the place of a protocol's own. */
export interface Substitutes {
  readonly dataset: Substitute | undefined;
  readonly backbone: Substitute | undefined;
}

/**
 * The substitute that flags name, with the options that the configuration keeps for it; those of the flags come before these.
 *
 * @param kind as the flags are called: `--dataset` and `--dataset-set`
 * @param kept options of the configuration by plugin; those of other plugins fall away
 * @throws MetabenchError `invalid-usage` where options are set and no plugin is named whose they would be
 */
export function substituteOf(
  kind: "dataset" | "backbone",
  id: string | undefined,
  set: JsonObject | undefined,
  kept: Readonly<Record<string, JsonObject>>,
): Substitute | undefined {
  if (id !== undefined)
    return { id, options: { ...(Object.hasOwn(kept, id) ? kept[id] : undefined), ...set } };
  if (set === undefined) return undefined;
  throw new MetabenchError(
    "invalid-usage",
    `--${kind}-set sets options of the ${kind} that replaces the protocol's. Name it with --${kind}, or leave --${kind}-set out.`,
  );
}

/** Whether a protocol's own plugin was named, with the options that it has there. */
const isOwn = (
  plugin: { readonly id: string; parseOptions(options: unknown): JsonObject },
  own: Substitute,
  options: JsonObject,
) =>
  plugin.id === own.id && isDeepStrictEqual(plugin.parseOptions(own.options), plugin.parseOptions(options));

/**
 * A protocol on another data set or backbone: how a stranger's is run. It is then in the open division, under an address and a title that
 * say so, the options that were set among them. What the protocol has itself changes nothing.
 *
 * @throws MetabenchError `plugin-not-found`, or `invalid-options` where the plugin refuses those given
 */
export function withSubstitutes(
  protocol: Protocol,
  { dataset, backbone }: Substitutes,
  { find }: PluginRegistry,
): Protocol {
  let changed: Protocol = protocol;
  if (dataset !== undefined) {
    const { plugin } = find.dataset(dataset.id);
    const options = withoutDefaults(plugin, dataset.options);
    const [kind, , ...rest] = changed.id.split("/");
    if (!isOwn(plugin, protocol.dataset, options))
      changed = {
        ...changed,
        id: [kind, plugin.id, ...rest].join("/"),
        title: `${plugin.title}${describeOptions(options)}, by the rules of ${changed.title}`,
        dataset: { id: plugin.id, options },
      };
  }
  if (backbone !== undefined) {
    const { plugin } = find.backbone(backbone.id);
    const options = withoutDefaults(plugin, backbone.options);
    if (!isOwn(plugin, protocol.backbone, options))
      changed = {
        ...changed,
        title: `${changed.title}, with ${plugin.title}${describeOptions(options)}`,
        backbone: { id: plugin.id, options },
      };
  }
  return changed === protocol
    ? protocol
    : checkProtocol({ ...changed, basedOn: protocol.id, division: "open" });
}
