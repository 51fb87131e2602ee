import { concat, cos, matMul, sin, tensor2d } from "@tensorflow/tfjs-core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { defineAlgorithm, MetabenchError } from "@metabench/core";
import { z } from "zod";

/** a and b of the least squares fit y = a · sin x + b · cos x, from the normal equations in double precision. */
function fit(x: Float32Array, y: Float32Array): [a: number, b: number] {
  let ss = 0,
    sc = 0,
    cc = 0,
    sy = 0,
    cy = 0;
  for (const [index, angle] of x.entries()) {
    const [s, c, value] = [Math.sin(angle), Math.cos(angle), y[index] ?? 0];
    ss += s * s;
    sc += s * c;
    cc += c * c;
    sy += s * value;
    cy += c * value;
  }
  const determinant = ss * cc - sc * sc;
  return [(cc * sy - sc * cy) / determinant, (ss * cy - sc * sy) / determinant];
}

/**
 * Knows the family: sine waves of period 2π are a · sin x + b · cos x, and two points settle a and b. The bound that no learner can pass.
 *
 * The oracle of Finn, Abbeel, Levine 2017, section 5.1, is told amplitude and phase; this one finds them, A · sin(x − φ) having
 * a = A cos φ and b = −A sin φ. https://arxiv.org/abs/1703.03400
 */
export default defineAlgorithm({
  id: "oracle",
  version: "1.0.0",
  title: "Oracle",
  summary:
    "Is told that every function is a sine wave of period 2π and fits amplitude and phase by least squares.",
  reference: null,
  regime: "few-shot",
  target: "values",
  role: "control",
  options: z.strictObject({}),
  create({ task: { inputs, outputs, shots } }) {
    if (inputs !== 1 || outputs !== 1 || shots < 2)
      throw new MetabenchError(
        "invalid-protocol",
        `The oracle fits sine waves of one variable to at least two points, not ${String(shots)} points of functions from ${String(inputs)} to ${String(outputs)} numbers; take it out of the run.`,
      );
    return {
      parameters: {},
      state: {},
      trainsOn: "nothing",
      functionsPerUpdate: 1,
      train: () => ({}),
      adaptationSteps: 0,
      *adapt(support) {
        const coefficients = fit(support.inputs.dataSync<"float32">(), support.targets.dataSync<"float32">());
        const column = tensor2d(coefficients, [2, 1]);
        yield { predict: (x: Tensor2D) => matMul(concat([sin(x), cos(x)], 1), column) };
      },
    };
  },
});
