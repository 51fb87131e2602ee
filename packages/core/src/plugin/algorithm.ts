import { z } from "zod";
import type { FewShotContext, MultiTaskContext, RegressionContext } from "./context.ts";
import { checkDefinition, parseOptions, type OptionsSchema } from "./definition.ts";
import { field } from "./field.ts";
import type { FewShotLearner, MultiTaskLearner, RegressionLearner } from "./learner.ts";
import { manifestSchema, type JsonObject, type Manifest } from "./manifest.ts";

/** The settings that an algorithm may be for, with the context that `create` receives and the learner that it returns. */
export interface Settings {
  readonly "few-shot-classification": { readonly context: FewShotContext; readonly learner: FewShotLearner };
  readonly "few-shot-regression": {
    readonly context: RegressionContext;
    readonly learner: RegressionLearner;
  };
  readonly "multi-task": { readonly context: MultiTaskContext; readonly learner: MultiTaskLearner };
}

/** A setting: a regime with its kind of target. */
export type Setting = keyof Settings;

/** All settings. */
export const settings = [
  "few-shot-classification",
  "few-shot-regression",
  "multi-task",
] as const satisfies readonly Setting[];

/** A method under test, or a control: a baseline that shows what is reachable without learning to learn. */
export const roles = ["method", "control"] as const;

/** What an algorithm says of itself beside what every plugin does. */
export const algorithmManifest = manifestSchema.extend({
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

/** Argument of {@link defineAlgorithm}. */
export interface AlgorithmDefinition<S extends Setting, O extends OptionsSchema> extends Manifest {
  /** A literal: it determines the types of `create`'s context and result. */
  readonly setting: S;
  /** A method under test, or a control. */
  readonly role?: (typeof roles)[number];
  /** A strict object with a default for every field; its output is part of a trial's identity. */
  readonly options: O;
  /** Published training settings by name, for `--preset`. Options that a preset omits have their defaults. */
  readonly presets?: Readonly<Record<string, NoInfer<z.input<O>>>>;
  /** A row's name in tables, for instance "Hard sharing, PCGrad". Default: the title. */
  label?(options: z.output<O>): string;
  /** Makes a new learner and all its variables. */
  create(context: Settings[S]["context"], options: z.output<O>): Settings[S]["learner"];
}

/** An algorithm as the harness uses it: without the type of its options, which `instantiate` parses. */
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

/** An algorithm of any setting; `setting` narrows it. */
export type AnyAlgorithm = { [S in Setting]: AlgorithmPlugin<S> }[Setting];

/**
 * Declares an algorithm. Export the result, or a list of results, as the module's default.
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
