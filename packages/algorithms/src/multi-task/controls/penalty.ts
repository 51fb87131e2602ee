import { z } from "zod";

/** The option `penalty` of the controls that solve a ridge regression. */
export const penalty = z
  .number()
  .positive()
  .default(10)
  .describe("λ: how strongly large weights are held back, added to the sum of squared errors.");

/** The paper of ridge regression. */
export const ridgePaper = {
  title: "Ridge Regression: Biased Estimation for Nonorthogonal Problems",
  authors: ["Arthur E. Hoerl", "Robert W. Kennard"],
  year: 1970,
  url: "https://doi.org/10.1080/00401706.1970.10488634",
};
