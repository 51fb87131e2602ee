import type { Check } from "../check.ts";
import { abort } from "./abort.ts";
import { answeringMemory } from "./answering-memory.ts";
import { checkpoint } from "./checkpoint.ts";
import { determinism } from "./determinism.ts";
import { finite } from "./finite.ts";
import { labelOrder } from "./label-order.ts";
import { leaving } from "./leaving.ts";
import { metaParameters } from "./meta-parameters.ts";
import { options } from "./options.ts";
import { queriesApart } from "./queries-apart.ts";
import { shapes } from "./shapes.ts";
import { steps } from "./steps.ts";
import { supportOrder } from "./support-order.ts";
import { tasksApart } from "./tasks-apart.ts";
import { trainingMemory } from "./training-memory.ts";
import { variables } from "./variables.ts";

/** Every check, the most basic first. */
export const checks: readonly Check[] = [
  options,
  variables,
  shapes,
  steps,
  finite,
  determinism,
  trainingMemory,
  answeringMemory,
  metaParameters,
  tasksApart,
  checkpoint,
  supportOrder,
  labelOrder,
  queriesApart,
  leaving,
  abort,
];
