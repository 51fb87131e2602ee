import { regimes, targets, type Axes } from "@metabench/core";

/** Whether something is asked of learners of these axes. */
export type Applies = (axes: Axes) => boolean;

/** Asked of every learner. */
export const everywhere: Applies = () => true;

/** Asked of learners that adapt to a support set. */
export const whereLearnersAdapt: Applies = ({ regime }) => regimes[regime].adapts;

/** Asked of learners that adapt to a support set of labelled examples. */
export const whereLabelsAreAdaptedTo: Applies = (axes) =>
  whereLearnersAdapt(axes) && targets[axes.target].classes;
