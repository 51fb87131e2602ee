import type { Check } from "../check.ts";
import { contradicted } from "../difference.ts";
import { update } from "../update.ts";

/** The order of the support examples does not matter, unless the learner says that it does. */
export const supportOrder: Check = {
  name: "support-order",
  sentence:
    'The order of the support examples of a class (of the points of a function) does not matter, unless dependsOn names "support-order".',
  applies: "adapting",
  look({ make }) {
    const specimen = make({ shots: 3 });
    if (specimen.learner.dependsOn?.includes("support-order")) return null;
    update(specimen, 1);
    // The first steps show it; later ones may magnify mere rounding.
    const steps = [0, 1];
    const given = specimen.ask({ steps }).slice(0, 2);
    const turned = specimen.ask({ steps, supportOrder: [2, 0, 1] });
    return contradicted(given, turned) !== undefined
      ? 'Predictions change with the order of the support examples; treat them as a set (means, sums, whole batches), or say dependsOn: ["support-order"] in the learner if the method reads them in order.'
      : null;
  },
};
