import { checkProtocol, type Protocol } from "@metabench/core";
import type { PluginRegistry } from "../../plugins/index.ts";

/** Plugins to put in the place of a protocol's own. */
export interface Substitutes {
  readonly dataset: string | undefined;
  readonly backbone: string | undefined;
}

/**
 * A protocol on another data set or backbone, with their default options: how a stranger's is run. It is then in the open division,
 * under an address and a title that say so.
 *
 * @throws MetabenchError `plugin-not-found`
 */
export function withSubstitutes(
  protocol: Protocol,
  { dataset, backbone }: Substitutes,
  { find }: PluginRegistry,
): Protocol {
  let changed: Protocol = protocol;
  if (dataset !== undefined) {
    const { plugin } = find.dataset(dataset);
    const [kind, , ...rest] = changed.id.split("/");
    changed = {
      ...changed,
      id: [kind, plugin.id, ...rest].join("/"),
      title: `${plugin.title}, by the rules of ${changed.title}`,
      dataset: { id: plugin.id, options: {} },
    };
  }
  if (backbone !== undefined) {
    const { plugin } = find.backbone(backbone);
    changed = {
      ...changed,
      title: `${changed.title}, with ${plugin.title}`,
      backbone: { id: plugin.id, options: {} },
    };
  }
  return changed === protocol
    ? protocol
    : checkProtocol({ ...changed, basedOn: protocol.id, division: "open" });
}
