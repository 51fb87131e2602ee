import { z } from "zod";
import type { FewShotContext, MultiTaskContext, RegressionContext } from "./context.ts";
import { checkDefinition, parseOptions, type OptionsSchema } from "./definition.ts";
import { field } from "./field.ts";
import type { FewShotLearner, MultiTaskLearner, RegressionLearner } from "./learner.ts";
import { manifestSchema, type JsonObject, type Manifest } from "./manifest.ts";

/** Kinds of problem an algorithm may address, with what each gives and wants. */
export interface Settings {
  readonly "few-shot-classification": { readonly context: FewShotContext; readonly learner: FewShotLearner };
  readonly "few-shot-regression": {
    readonly context: RegressionContext;
    readonly learner: RegressionLearner;
  };
  readonly "multi-task": { readonly context: MultiTaskContext; readonly learner: MultiTaskLearner };
}

/** A kind of problem. */
export type Setting = keyof Settings;

/** All kinds of problem. */
export const settings = [
  "few-shot-classification",
  "few-shot-regression",
  "multi-task",
] as const satisfies readonly Setting[];

/** A method under test, or a control that shows what no learning reaches. */
export const roles = ["method", "control"] as const;

const algorithmManifest = manifestSchema.extend({
  setting: field(z.enum(settings), {
    form: `one of ${settings.map((name) => JSON.stringify(name)).join(", ")}`,
    example: '"few-shot-classification"',
    about: "the kind of problem",
  }),
  role: field(z.enum(roles).default("method"), {
    form: `one of ${roles.map((name) => JSON.stringify(name)).join(", ")}, or leave it out`,
    example: '"method"',
    about: "a control shows how far no learning gets",
  }),
});

/** What {@link defineAlgorithm} takes. */
export interface AlgorithmDefinition<S extends Setting, O extends OptionsSchema> extends Manifest {
  /** A literal: it narrows `create`'s context and result. */
  readonly setting: S;
  readonly role?: (typeof roles)[number];
  /** A strict object with a default for every field; its output is part of a trial's identity. */
  readonly options: O;
  /** Published training settings by name, each as options; those left out are at their defaults. Listed as the flags that run them. */
  readonly presets?: Readonly<Record<string, NoInfer<z.input<O>>>>;
  /** A row's name in tables where options matter, for instance "Hard sharing, PCGrad"; the title otherwise. */
  label?(options: z.output<O>): string;
  /** Makes a fresh learner with its variables. */
  create(context: Settings[S]["context"], options: z.output<O>): Settings[S]["learner"];
}

/** An algorithm as the harness sees it: the type of its options is erased, `instantiate` parses them first. */
export interface AlgorithmPlugin<S extends Setting = Setting> extends Manifest {
  readonly kind: "algorithm";
  readonly setting: S;
  readonly role: (typeof roles)[number];
  readonly optionsSchema: OptionsSchema;
  /** Published training settings by name: options as a run takes them. */
  readonly presets: Readonly<Record<string, JsonObject>>;
  parseOptions(options: unknown): JsonObject;
  label(options: unknown): string;
  instantiate(context: Settings[S]["context"], options: unknown): Settings[S]["learner"];
}

/** An algorithm of any setting; narrow it by `setting`. */
export type AnyAlgorithm = { [S in Setting]: AlgorithmPlugin<S> }[Setting];

/**
 * Declares an algorithm. The module's default export is what this returns, or a list of them.
 *
 * @throws MetabenchError `invalid-plugin` when the manifest is wrong; `invalid-options` when a preset is, and from `instantiate`.
 */
export function defineAlgorithm<S extends Setting, O extends OptionsSchema>(
  definition: AlgorithmDefinition<S, O>,
): AlgorithmPlugin<S> {
  const { options: optionsSchema, create, label, presets = {}, ...manifest } = definition;
  const checked = checkDefinition("algorithm", algorithmManifest, manifest, {
    options: optionsSchema,
    create,
  });
  const parse = (options: unknown) => parseOptions(`algorithm ${checked.id}`, optionsSchema, options);
  for (const preset of Object.values(presets)) parse(preset);
  return {
    ...checked,
    presets: presets as Readonly<Record<string, JsonObject>>,
    setting: definition.setting,
    kind: "algorithm",
    optionsSchema,
    parseOptions: (options) => parse(options) as JsonObject,
    label: (options) => label?.(parse(options)) ?? checked.title,
    instantiate: (context, options) => create(context, parse(options)),
  };
}
