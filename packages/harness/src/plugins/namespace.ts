import { isOwnNamespace, MetabenchError } from "@metabench/core";
import { describeOrigin, type Loaded } from "./registry.ts";

/**
 * Checks that a protocol or suite from outside the built-in packages lies in a namespace of its own: it is then nobody else's, and stays so when a
 * later release brings more built-in ones.
 *
 * @throws MetabenchError `invalid-plugin` naming the file or package, and an id that would do
 */
export function checkNamespace({ plugin, origin }: Loaded): void {
  if (plugin.kind !== "protocol" && plugin.kind !== "suite") return;
  if (isOwnNamespace(plugin.id)) return;
  const [first = "", ...rest] = plugin.id.split("/");
  const why =
    rest.length === 0
      ? "has no namespace; ids without one are for what comes with metabench"
      : `begins with "${first}", which is for what comes with metabench`;
  const better = ["my-lab", ...(rest.length === 0 ? [first] : rest)].join("/");
  throw new MetabenchError(
    "invalid-plugin",
    `The id of ${plugin.kind} "${plugin.id}" of ${describeOrigin(origin)} ${why}. Begin it with the name of your lab or project, for instance "${better}".`,
  );
}
