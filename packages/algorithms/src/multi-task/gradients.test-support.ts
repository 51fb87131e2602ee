import fc from "fast-check";
import { dot } from "./quadratic/dot.ts";

/** Gradients of the tasks, one in each row. */
export type Gradients = readonly (readonly number[])[];

/** Inner products of all gradients. */
export const gramianOf = (gradients: Gradients) => gradients.map((a) => gradients.map((b) => dot(a, b)));

/** Length of a vector. */
export const norm = (a: readonly number[]) => Math.sqrt(dot(a, a));

/** Σ wᵢ gᵢ. */
export const combined = (weights: readonly number[], gradients: Gradients) =>
  (gradients[0] ?? []).map((_, at) =>
    dot(
      weights,
      gradients.map((gradient) => gradient[at] ?? NaN),
    ),
  );

/** Numbers of −10 to 10 in hundredths, so that no square vanishes in rounding. */
export const component = fc.integer({ min: -1000, max: 1000 }).map((hundredths) => hundredths / 100);

/** Vectors of four such numbers. */
export const vector = fc.array(component, { minLength: 4, maxLength: 4 });

/** Gradients of two to five tasks. */
export const severalGradients = fc.array(vector, { minLength: 2, maxLength: 5 });
