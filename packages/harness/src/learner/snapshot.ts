import { MetabenchError, type ParameterSet, type Variables } from "@metabench/core";
import { tensor, type Variable } from "@tensorflow/tfjs-core";
import type { Snapshot } from "../work-folder/index.ts";
import { inScope } from "./scope.ts";

function all({ parameters, state }: ParameterSet): Variables {
  const clash = Object.keys(parameters).find((name) => name in state);
  if (clash !== undefined)
    throw new MetabenchError(
      "contract-broken",
      `Variable "${clash}" is in both parameters and state of the learner; name it once.`,
    );
  return { ...parameters, ...state };
}

/** The values of every variable of a learner, copied. */
export function takeSnapshot(learner: ParameterSet): Snapshot {
  return Object.fromEntries(
    Object.entries(all(learner)).map(([name, variable]) => {
      const values = variable.dataSync();
      return [name, variable.dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values)];
    }),
  );
}

/**
 * Gives the variables of a learner the values of a snapshot.
 *
 * @throws MetabenchError `contract-broken` when names or sizes differ: the learner is not the one that was saved
 */
export function restoreSnapshot(learner: ParameterSet, snapshot: Snapshot): void {
  const variables = all(learner);
  const names = Object.keys(variables);
  const missing = [
    ...names.filter((name) => !(name in snapshot)),
    ...Object.keys(snapshot).filter((name) => !(name in variables)),
  ];
  if (missing.length > 0)
    throw new MetabenchError(
      "contract-broken",
      `The stored parameters and the learner differ in ${missing.join(", ")}; raise the plugin's version when its variables change.`,
    );
  inScope(() => {
    for (const [name, variable] of Object.entries(variables)) assign(name, variable, snapshot[name]);
  });
}

function assign(name: string, variable: Variable, values: Float32Array | Int32Array | undefined): void {
  if (values?.length !== variable.size)
    throw new MetabenchError(
      "contract-broken",
      `Variable "${name}" was stored with ${String(values?.length)} numbers and has ${String(variable.size)}; raise the plugin's version when its variables change.`,
    );
  variable.assign(tensor(values, variable.shape, variable.dtype));
}
