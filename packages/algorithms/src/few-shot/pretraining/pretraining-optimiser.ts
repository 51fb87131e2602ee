import { z } from "zod";
import { adam, sgd, type Optimiser, type RateOptions, type Weights } from "../../nn/index.ts";

/** SGD in place of Adam. Absent from the options unless given, so that what was recorded with Adam keeps its identity. */
export const momentumSgd = z
  .strictObject({
    momentum: z.number().min(0).lt(1),
    weightDecay: z.number().nonnegative(),
    drops: z.array(z.number().gt(0).lt(1)),
  })
  .exactOptional()
  .describe(
    "SGD in place of Adam: its momentum, its weightDecay, and drops, shares of the budget after each of which the rate is divided by ten.",
  );

/** Parsed {@link momentumSgd}. */
export type MomentumSgd = z.output<typeof momentumSgd>;

/** SGD where its settings are given, or else Adam. `updates` are those of the whole budget. */
export function pretrainingOptimiser<W extends Weights>(
  weights: W,
  options: RateOptions & { readonly updates: number },
  given?: MomentumSgd,
): Optimiser<W> {
  if (given === undefined) return adam(weights, options);
  const { drops, ...settings } = given;
  const dropped = (update: number) => drops.filter((share) => update >= share * options.updates).length;
  return sgd(weights, { ...options, ...settings, schedule: (update) => 0.1 ** dropped(update) });
}
