import type { AnyAlgorithm } from "@metabench/core";
import { engine } from "@tensorflow/tfjs-core";
import { loadPlugins } from "../plugins/index.ts";
import { checkVariables, shapeOf } from "../learner/index.ts";
import type { Subject } from "./check.ts";
import { image } from "./data/images.ts";
import { ownTasks } from "./data/own-tasks.ts";
import { classifiers } from "./learners/classifier.ts";
import { multiTaskLearners } from "./learners/multi-task.ts";
import { ownTaskLearners } from "./learners/own-tasks.ts";
import { regressors } from "./learners/regressor.ts";
import type { Making, Specimen } from "./specimen.ts";

/** The way to fresh learners of a plugin in its setting; the backbone is found as every other plugin is. */
async function making(plugin: AnyAlgorithm, options: unknown): Promise<(making?: Making) => Specimen> {
  const { find } = await loadPlugins({ sources: [], cwd: import.meta.dirname });
  const backbone = (id: string, inputShape: readonly number[], own: unknown) =>
    find.backbone(id).plugin.instantiate({ inputShape }, own);
  switch (plugin.setting) {
    case "few-shot-classification":
      return classifiers(plugin, backbone("conv4", image, { width: 8 }), options);
    case "few-shot-regression":
      return regressors(plugin, backbone("multilayer-perceptron", [1], {}), options);
    case "multi-task": {
      const { inputs, targets } = plugin;
      const input = inputs === null || inputs.includes("image") ? "image" : (inputs[0] ?? "image");
      const target = targets.includes("class") ? "class" : (targets[0] ?? "class");
      if (input === "image" && target === "class")
        return multiTaskLearners(plugin, backbone("lenet", image, {}), options);
      const network =
        input === "image"
          ? backbone("lenet", image, {})
          : backbone("multilayer-perceptron", shapeOf(ownTasks(input, target).input), {});
      return ownTaskLearners(plugin, network, options, [input, target]);
    }
  }
}

/** Lets `look` at learners of a plugin; their variables are gone afterwards, and those of others stay. */
export async function withSubject<T>(
  plugin: AnyAlgorithm,
  options: unknown,
  look: (subject: Subject) => Promise<T> | T,
): Promise<T> {
  const make = await making(plugin, options);
  const registered = () => Object.values(engine().registeredVariables);
  const others = new Set(registered().map(({ id }) => id));
  const made: Specimen[] = [];
  try {
    return await look({
      plugin,
      options,
      make: (asked) => {
        const specimen = make(asked);
        made.push(specimen);
        return specimen;
      },
      checkVariables: (...specimens) => {
        const sets = specimens.map(({ learner }) => learner);
        checkVariables(
          {
            parameters: Object.assign({}, ...sets.map(({ parameters }) => parameters)),
            state: Object.assign({}, ...sets.map(({ state }) => state)),
          },
          others,
        );
      },
    });
  } finally {
    for (const specimen of made) specimen.release();
    for (const variable of registered()) if (!others.has(variable.id)) variable.dispose();
  }
}
