import type { Check } from "../check.ts";
import { update } from "../update.ts";

/** Every variable has one name, in parameters or in state. */
export const variables: Check = {
  name: "variables",
  sentence: "Every variable is in parameters or state under one name, and all are made in create().",
  applies: "all",
  look({ make, checkVariables }) {
    const specimen = make();
    const { parameters, state } = specimen.learner;
    const names = new Map<number, string>();
    const entries = [
      ...Object.entries(parameters).map(([name, variable]) => [`parameters["${name}"]`, variable] as const),
      ...Object.entries(state).map(([name, variable]) => [`state["${name}"]`, variable] as const),
    ];
    for (const [name, variable] of entries) {
      const other = names.get(variable.id);
      if (other !== undefined)
        return `${name} and ${other} are one variable; keep it in parameters if it is learned, in state if learning only needs it.`;
      names.set(variable.id, name);
    }
    const twice = Object.keys(parameters).find((name) => name in state);
    if (twice !== undefined)
      return `"${twice}" is a name in parameters and in state; give each variable a name of its own.`;
    checkVariables(specimen);
    update(specimen, 1);
    specimen.ask();
    checkVariables(specimen);
    const gone = entries.find(([, variable]) => variable.isDisposed)?.[0];
    return gone === undefined
      ? null
      : `${gone} was disposed of by train() or adapt(); assign new values to it instead.`;
  },
};
