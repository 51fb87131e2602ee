import { MetabenchError, type ParameterSet } from "@metabench/core";
import { engine } from "@tensorflow/tfjs-core";

/**
 * Checks that every variable of the process is one of the learner's: any other would be missing from checkpoints.
 *
 * @param others ids of variables that were there before the learner was made
 * @throws MetabenchError `contract-broken`
 */
export function checkVariables(
  { parameters, state }: ParameterSet,
  others: ReadonlySet<number> = new Set(),
): void {
  const known = new Set([...Object.values(parameters), ...Object.values(state)].map(({ id }) => id));
  const lost = Object.values(engine().registeredVariables).filter(
    ({ id }) => !known.has(id) && !others.has(id),
  );
  if (lost.length === 0) return;
  const some = lost.slice(0, 5).map(({ name, shape }) => `${name} [${shape.join(", ")}]`);
  throw new MetabenchError(
    "contract-broken",
    `${String(lost.length)} variables of the learner (${some.join("; ")}) are in neither parameters nor state; ` +
      "make them in create() and add them, or make them plain tensors.",
  );
}
