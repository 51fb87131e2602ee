import { z } from "zod";
import { inputs, regimes, targets, type Axes } from "../axes/index.ts";

/** Version of the definition of all variants: raised when any of them changes. */
export const robustnessVersion = 1;

/** Ids of the variants, in the order in which they are tested and shown. */
export const variantIds = [
  "input-noise-0.1",
  "input-noise-0.2",
  "input-noise-0.4",
  "wrong-labels-0.1",
  "wrong-labels-0.2",
  "wrong-labels-0.4",
] as const;

/** Names a variant. */
export type VariantId = (typeof variantIds)[number];

/** What a variant changes: pixels of the test's images, or what the support labels stand beside. */
export const variantKinds = ["input-noise", "wrong-labels"] as const;

/** A change of the test under which trained parameters are tested again; nothing is trained. */
export const robustnessVariantSchema = z.strictObject({
  id: z.enum(variantIds),
  kind: z.enum(variantKinds),
  /** `input-noise`: standard deviation in parts of the pixel range. `wrong-labels`: probability that a support label is wrong. */
  level: z.number().positive(),
});

/** See {@link robustnessVariantSchema}. */
export type RobustnessVariant = z.infer<typeof robustnessVariantSchema>;

const levels = { "0.1": 0.1, "0.2": 0.2, "0.4": 0.4 } as const;

/** Every variant, in order. */
export const robustnessVariants: readonly RobustnessVariant[] = variantKinds.flatMap((kind) =>
  (["0.1", "0.2", "0.4"] as const).map((level) => ({
    id: `${kind}-${level}` as const,
    kind,
    level: levels[level],
  })),
);

/** Why a variant does not apply to tasks, in words; null where it applies. */
export function whyNotApplicable(
  { kind }: Pick<RobustnessVariant, "kind">,
  { regime, target, input }: Axes,
): string | null {
  switch (kind) {
    case "input-noise":
      return inputs[input].pixels
        ? null
        : "The inputs are numbers, not images: there is no pixel range to add noise to.";
    case "wrong-labels":
      if (!regimes[regime].adapts)
        return "Nothing is learned from a support set in testing, so no label can be wrong.";
      return targets[target].classes
        ? null
        : "The support set has targets, not labels: there are no other classes to take a wrong one from.";
  }
}

/** The variants that apply to tasks, in order. */
export const variantsFor = (axes: Axes): readonly RobustnessVariant[] =>
  robustnessVariants.filter((variant) => whyNotApplicable(variant, axes) === null);
