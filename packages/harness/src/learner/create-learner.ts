import { MetabenchError, type AlgorithmPlugin, type Setting, type Settings } from "@metabench/core";
import { learnerSchemas } from "./learner-schemas.ts";
import { inScope } from "./scope.ts";
import { inWords, unexpected } from "./unexpected.ts";

/** What a plugin's `create` returned is checked here, for every setting, and trusted from here on. */
function check({ id, setting }: AlgorithmPlugin, learner: unknown): void {
  const where = `create() of algorithm ${id} (${setting})`;
  if (typeof learner !== "object" || learner === null || "then" in learner)
    throw unexpected(where, "a learner, at once", learner);
  const faults = learnerSchemas[setting]
    .flatMap((schema) => schema.safeParse(learner).error?.issues ?? [])
    .map(({ path, message }) => `${path.join(".")} must be ${message}, not ${inWords(at(learner, path))}`);
  if (faults.length > 0)
    throw new MetabenchError(
      "contract-broken",
      `${where} did not return a learner of this setting: ${faults.join("; ")}. Fix what create() returns.`,
    );
}

/** What lies at a path of fields. */
const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown>)[key], value);

/**
 * Makes a fresh learner, with its variables, in a scope of its own.
 *
 * @throws MetabenchError `contract-broken` naming every field that is not what it must be, `invalid-options`, and what the plugin throws
 */
export function createLearner<S extends Setting>(
  algorithm: AlgorithmPlugin<S>,
  context: Settings[S]["context"],
  options: unknown,
): Settings[S]["learner"] {
  const learner = inScope(() => algorithm.instantiate(context, options));
  check(algorithm as AlgorithmPlugin, learner);
  return learner;
}
