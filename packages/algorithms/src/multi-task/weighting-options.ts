import { z } from "zod";
import type { Weighting } from "./weighting.ts";
import { weightings, type WeightingId } from "./weightings/index.ts";

const all: readonly Weighting[] = Object.values(weightings);
const ids = Object.keys(weightings) as [WeightingId, ...WeightingId[]];

const schemaOf = ({ options }: Weighting) => z.toJSONSchema(options, { io: "input" });
const namesOf = ({ options }: Weighting) => Object.keys(options.shape);
const takersOf = (option: string) => all.filter((one) => namesOf(one).includes(option)).map(({ id }) => id);

/** Fields of an algorithm's options that name a weighting and set the weighting's own options. Belongs with {@link settleWeighting}. */
export const weightingFields = {
  weighting: z.enum(ids).default("equal").describe("How the gradients of the tasks become one."),
  weightingOptions: z
    .record(z.string(), z.unknown())
    .meta({ oneOf: all.map(partOf) })
    .exactOptional()
    .describe(`Options of the weighting, set like weightingOptions.c=0.4: ${described()}.`),
};

interface Given {
  readonly weighting: WeightingId;
  readonly weightingOptions?: Readonly<Record<string, unknown>>;
}

/**
 * Parses `weightingOptions` by the schema of the weighting, for a transform. Defaults of the weighting are filled in, so that a trial's identity
 * holds them. A weighting without options leaves no trace.
 */
export function settleWeighting<G extends Given>(given: G, context: z.RefinementCtx): G {
  const { weighting, weightingOptions = {}, ...others } = given;
  const { options } = weightings[weighting] as Weighting;
  const parsed = options.safeParse(weightingOptions);
  for (const issue of parsed.error?.issues ?? [])
    context.addIssue({
      code: "custom",
      path: ["weightingOptions", ...issue.path],
      message: issue.code === "unrecognized_keys" ? refusal(issue.keys, weighting) : issue.message,
    });
  const settled = parsed.data ?? {};
  return { weighting, ...(Object.keys(settled).length > 0 && { weightingOptions: settled }), ...others } as G;
}

function refusal(keys: readonly string[], weighting: WeightingId): string {
  const [key = ""] = keys;
  const [taker] = takersOf(key);
  const own = namesOf(weightings[weighting]);
  const takes = `${weighting} takes ${own.length === 0 ? "no options" : own.join(", ")}`;
  return taker === undefined
    ? `${takes}, and not "${key}"`
    : `${takes}; "${key}" is an option of ${taker}, so set weighting=${taker} or leave it out`;
}

/** Says where an option of a weighting belongs that was set beside `weighting`: an error map for the object that has {@link weightingFields}. */
export function misplaced(issue: { readonly code?: string; readonly keys?: unknown }): string | undefined {
  const keys = issue.code === "unrecognized_keys" ? (issue.keys as readonly string[]) : [];
  const key = keys.find((one) => takersOf(one).length > 0);
  if (key === undefined) return undefined;
  return `"${key}" is an option of the weighting ${takersOf(key).join(" or ")}, so set weightingOptions.${key}`;
}

/** The options of a weighting as a part of a JSON Schema. */
function partOf(weighting: Weighting) {
  const whole = Object.entries(schemaOf(weighting));
  return { title: weighting.id, ...Object.fromEntries(whole.filter(([name]) => name !== "$schema")) };
}

/** "static takes weights (…); cagrad takes c=0.5 (…)". */
function described(): string {
  const takers = all.filter((one) => namesOf(one).length > 0);
  return takers
    .map((one) => {
      const options = Object.entries(schemaOf(one).properties ?? {}).map(([name, property]) => {
        const { default: initial, description = "" } = property as {
          readonly default?: unknown;
          readonly description?: string;
        };
        const value = initial === undefined ? "" : `=${JSON.stringify(initial)}`;
        return `${name}${value} (${description.replace(/\.$/, "")})`;
      });
      return `${one.id} takes ${options.join(", ")}`;
    })
    .join("; ");
}
