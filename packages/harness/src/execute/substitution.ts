import { isDeepStrictEqual } from "node:util";
import {
  checkProtocol,
  isOwnNamespace,
  type JsonObject,
  type Protocol,
  type ProtocolPlugin,
} from "@metabench/core";
import { describeOptions } from "./describe-options.ts";
import { withoutDefaults, type PluginRegistry } from "../plugins/index.ts";

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

type Choice = Protocol["dataset"];

/** What was put in the place of a protocol's own, with the options given; null where it is the protocol's own. */
export interface Substituted {
  readonly dataset: Choice | null;
  readonly backbone: Choice | null;
}

/** Id of the protocol as it was declared: its own, or that of the protocol whose rules it follows. */
export const declaredId = ({ id, basedOn }: Protocol): string => basedOn ?? id;

/** @param declared - the protocol of {@link declaredId} */
export function substitutedIn(
  { basedOn, tier, dataset, backbone }: Protocol,
  declared: ProtocolPlugin,
): Substituted {
  if (basedOn === undefined) return { dataset: null, backbone: null };
  const own = declared.at(tier);
  return {
    dataset: isDeepStrictEqual(own.dataset, dataset) ? null : dataset,
    backbone: isDeepStrictEqual(own.backbone, backbone) ? null : backbone,
  };
}

/** Whether a protocol's own plugin was named, with the options that it has there. */
const isOwn = (
  plugin: { readonly id: string; parseOptions(options: unknown): JsonObject },
  own: Substitute,
  options: JsonObject,
) =>
  plugin.id === own.id && isDeepStrictEqual(plugin.parseOptions(own.options), plugin.parseOptions(options));

/** A built-in protocol names its data set in the second part of its id. Of other ids nothing is known, so the data set stands behind them. */
function idOn(dataset: string, id: string): string {
  const [regime, , ...rest] = id.split("/");
  return (isOwnNamespace(id) ? [id, dataset] : [regime, dataset, ...rest]).join("/");
}

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
    if (!isOwn(plugin, protocol.dataset, options))
      changed = {
        ...changed,
        id: idOn(plugin.id, changed.id),
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
