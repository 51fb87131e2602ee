import {
  displaySchema,
  inputIds,
  metricIds,
  pluginChoice,
  protocolSchema,
  referenceSchema,
  regimeIds,
  roles,
  settings,
  targetIds,
  tiers,
} from "@metabench/core";
import { z } from "zod";

const origin = z.strictObject({
  /** File URL. */
  module: z.string(),
  package: z.string().nullable(),
  packageVersion: z.string().nullable(),
  /** SHA-256 of a bare file's text; null for packages. */
  source: z.string().nullable(),
});
const plugin = {
  id: z.string(),
  version: z.string(),
  title: z.string(),
  summary: z.string(),
  reference: referenceSchema.nullable(),
  /** JSON Schema (draft 2020-12) of what `--set` may give. */
  options: z.record(z.string(), z.unknown()),
  origin,
};

/** `metabench list algorithms --json`. */
export const listAlgorithmsSchema = z.strictObject({
  schema: z.literal("metabench/list-algorithms/1"),
  algorithms: z.array(
    z.strictObject({
      ...plugin,
      setting: z.enum(settings),
      regime: z.enum(regimeIds),
      targets: z.array(z.enum(targetIds)),
      /** Null where it takes the inputs that its backbone takes. */
      inputs: z.array(z.enum(inputIds)).nullable(),
      role: z.enum(roles),
      /** Published training settings by name, each the options that `--set` takes. */
      presets: z.record(z.string(), z.record(z.string(), z.json())),
    }),
  ),
  /** JSON Schema (draft 2020-12) of what `--training` may give, to every method alike. */
  training: z.record(z.string(), z.unknown()),
});

const axisValue = { title: z.string(), summary: z.string() };

/** `metabench list axes --json`. */
export const listAxesSchema = z.strictObject({
  schema: z.literal("metabench/list-axes/1"),
  inputs: z.array(z.strictObject({ id: z.enum(inputIds), ...axisValue })),
  targets: z.array(
    z.strictObject({
      id: z.enum(targetIds),
      ...axisValue,
      /** Keys of core's `metricDefinitions`. */
      metrics: z.array(z.enum(metricIds)),
    }),
  ),
  regimes: z.array(z.strictObject({ id: z.enum(regimeIds), ...axisValue })),
});

/** `metabench list datasets --json`. */
export const listDatasetsSchema = z.strictObject({
  schema: z.literal("metabench/list-datasets/1"),
  datasets: z.array(
    z.strictObject({
      ...plugin,
      licence: displaySchema.shape.dataset.shape.licence,
      /** With default options; null where an option has no default. */
      status: z
        .discriminatedUnion("state", [
          z.strictObject({ state: z.literal("prepared"), folder: z.string(), contentHash: z.string() }),
          z.strictObject({ state: z.literal("sources found"), files: z.array(z.string()).readonly() }),
          z.strictObject({ state: z.literal("needs download"), urls: z.array(z.string()).readonly() }),
          z.strictObject({ state: z.literal("missing"), instructions: z.array(z.string()).readonly() }),
        ])
        .nullable(),
    }),
  ),
});

/** `metabench list backbones --json`. */
export const listBackbonesSchema = z.strictObject({
  schema: z.literal("metabench/list-backbones/1"),
  backbones: z.array(z.strictObject(plugin)),
});

/** `metabench list protocols --json`. */
export const listProtocolsSchema = z.strictObject({
  schema: z.literal("metabench/list-protocols/1"),
  protocols: z.array(
    z.strictObject({ id: z.string(), tiers: z.array(z.enum(tiers)), at: z.array(protocolSchema), origin }),
  ),
});

/** `metabench list suites --json`. */
export const listSuitesSchema = z.strictObject({
  schema: z.literal("metabench/list-suites/1"),
  suites: z.array(
    z.strictObject({
      id: z.string(),
      tier: z.enum(tiers),
      title: z.string(),
      entries: z.array(z.strictObject({ protocol: z.string(), algorithms: z.array(pluginChoice) })),
      origin,
    }),
  ),
});
