import { z } from "zod";
import {
  inputIds,
  kinds,
  regimeIds,
  targetIds,
  type Input,
  type Kind,
  type Regime,
  type Target,
} from "../axes/index.ts";
import { MetabenchError } from "../errors.ts";
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

/** A setting: a regime with its kind of target, under the name that protocols and records have for it. */
export type Setting = keyof Settings;

/** The setting of a regime and a kind of target. Multi-task learning has one for all kinds of target. */
export type SettingOf<R extends Regime, T extends Target> = {
  [K in Kind]: (typeof kinds)[K]["regime"] extends R
    ? R extends "multi-task"
      ? K
      : (typeof kinds)[K]["target"] extends T
        ? K
        : never
    : never;
}[Kind];

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
  regime: field(z.enum(regimeIds), {
    form: `one of ${regimeIds.map((name) => JSON.stringify(name)).join(", ")}`,
    example: '"few-shot"',
    about: "how tasks are met",
  }),
  target: field(z.union([z.enum(targetIds), z.array(z.enum(targetIds)).min(1)]), {
    form: `one of ${targetIds.map((name) => JSON.stringify(name)).join(", ")}; in multi-task learning also a list of them`,
    example: '"class"',
    about: "what is predicted",
  }),
  inputs: field(z.array(z.enum(inputIds)).min(1).exactOptional(), {
    form: `a list of ${inputIds.map((name) => JSON.stringify(name)).join(", ")}, or leave it out`,
    example: '["image"]',
    about: "the inputs that it takes; by default those of its backbone",
  }),
  role: field(z.enum(roles).default("method"), {
    form: `one of ${roles.map((name) => JSON.stringify(name)).join(", ")}, or leave it out`,
    example: '"method"',
    about: "a control shows how far no learning gets",
  }),
});

/** Argument of {@link defineAlgorithm}. */
export interface AlgorithmDefinition<
  R extends Regime,
  T extends Target,
  O extends OptionsSchema,
  S extends Setting = SettingOf<R, T>,
> extends Manifest {
  /** How tasks are met: a literal. With `target` it determines the types of `create`'s context and result. */
  readonly regime: R;
  /** What is predicted: a literal; in multi-task learning also a list of the targets that the learner can predict. */
  readonly target: T | readonly T[];
  /** The inputs that it takes. Default: those that its backbone takes. */
  readonly inputs?: readonly Input[];
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
  readonly regime: Regime;
  readonly targets: readonly Target[];
  /** Null where it takes what its backbone takes. */
  readonly inputs: readonly Input[] | null;
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

function settingOf(id: string, regime: Regime, targets: readonly Target[]): Setting {
  const own = settings.filter((setting) => kinds[setting].regime === regime);
  const [only] = own;
  if (only !== undefined && own.length === 1) return only;
  const found = own.find((setting) => targets.length === 1 && targets.includes(kinds[setting].target));
  if (found !== undefined) return found;
  throw new MetabenchError(
    "invalid-plugin",
    `algorithm "${id}": in ${regime} learning a learner predicts one kind of target, not ${targets.join(" and ")}. Declare an algorithm for each, and export both as a list.`,
  );
}

/**
 * Declares an algorithm. Export the result, or a list of results, as the module's default.
 *
 * @throws MetabenchError `invalid-plugin` when the manifest is wrong; `invalid-options` when a preset is, and from `instantiate`.
 */
export function defineAlgorithm<R extends Regime, T extends Target, O extends OptionsSchema>(
  definition: AlgorithmDefinition<R, T, O>,
): AlgorithmPlugin<SettingOf<R, T>> {
  const { options: optionsSchema, create, label, presets = {}, ...manifest } = definition;
  const checked = checkDefinition("algorithm", algorithmManifest, manifest, {
    options: optionsSchema,
    create,
  });
  const { regime, target, inputs = null, ...own } = checked;
  const targets = typeof target === "string" ? [target] : target;
  const setting = settingOf(checked.id, regime, targets);
  const parse = (options: unknown) => parseOptions(`algorithm ${checked.id}`, optionsSchema, options);
  for (const preset of Object.values(presets)) parse(preset);
  return {
    ...own,
    presets: presets as Readonly<Record<string, JsonObject>>,
    // The setting follows from the literals of regime and target, which TypeScript knows and this code has checked.
    setting: setting as SettingOf<R, T>,
    regime,
    targets,
    inputs,
    kind: "algorithm",
    optionsSchema,
    parseOptions: (options) => parse(options) as JsonObject,
    label: (options) => label?.(parse(options)) ?? checked.title,
    instantiate: (context, options) => create(context, parse(options)),
  };
}
