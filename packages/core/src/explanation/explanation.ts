import { z } from "zod";
import { MetabenchError } from "../errors.ts";
import { describeIssues } from "../plugin/definition.ts";
import { byteLength } from "../encoding/base64.ts";
import { heatMapSchema } from "./heat-map.ts";

const count = z.int().nonnegative();
const size = z.int().positive();
const share = z.number().min(0).max(1);
/** Position in `pictures`; null where pictures were left out. */
const picture = count.nullable();

const example = z.strictObject({
  picture,
  /** The right class. */
  label: count,
  predicted: count,
  /** Of the predicted class: softmax of the logits. */
  probability: share,
  /** `[height, width]`: gradient × input of the predicted class's logit, summed over channels and blocks; null where `saliency.state` says why. */
  saliency: heatMapSchema.nullable(),
  /** `[rows, columns]`: how much of `probability` is lost when the patch lies there. */
  occlusion: heatMapSchema,
  /** Attention over the support images, `[ways · shots]`, class by class; null, in every example of a task, where the method has none. */
  attention: z.array(share).nullable(),
});

const task = z.strictObject({
  /** `episode 1`, or the id of a task. */
  name: z.string(),
  classes: size,
  /** The first support image of classes that the examples are of, or are taken for; empty in multi-task learning. */
  support: z.array(z.strictObject({ picture, label: count })),
  examples: z.array(example),
});

const fields = z.strictObject({
  schemaVersion: z.literal(1),
  /** Of the trial that is explained. */
  identity: z.string().regex(/^[0-9a-f]{64}$/),
  /** When that trial ended, as its record says: one that was run again is to be explained again. */
  finishedAt: z.iso.datetime(),
  /** Height, width and channels of the images. */
  image: z.tuple([size, size, size]),
  /** Sizes of pictures and saliency maps: `block` × `block` pixels are one (their mean in pictures, their sum in maps). */
  kept: z.strictObject({ block: size, height: size, width: size }),
  saliency: z.strictObject({
    method: z.literal("gradient-times-input"),
    /** `transductive`: predictions depend on other queries; `not-differentiable`: no gradient reaches the image. */
    state: z.enum(["computed", "transductive", "not-differentiable"]),
  }),
  /** The patch takes the mean colour of the data set's normalisation. In pixels of the image. */
  occlusion: z.strictObject({ patch: size, stride: size, rows: size, columns: size }),
  /** Base64 of bytes `[height, width, channels]`, by `kept`. */
  pictures: z.array(z.base64()),
  tasks: z.array(task),
});

/** What a trained learner looked at in fixed test images; stored beside the trial's record. */
export const explanationSchema = fields.superRefine((explanation, context) => {
  for (const { path, message } of contradictions(explanation))
    context.addIssue({ code: "custom", path: [...path], message });
});

/** What a trained learner looked at in fixed test images. */
export type Explanation = z.infer<typeof fields>;
/** One test image, seen for one task. */
export type ExplainedExample = z.infer<typeof example>;
/** The explained images of a test episode, or of a task. */
export type ExplainedTask = z.infer<typeof task>;

interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What a schema of single fields cannot see: lengths, and references from one field to another. */
function* contradictions({
  image,
  kept,
  occlusion,
  saliency,
  pictures,
  tasks,
}: Explanation): Generator<Contradiction> {
  const bytes = (path: Contradiction["path"], text: string, expected: number): Contradiction[] => {
    const length = byteLength(text);
    return length === expected ? [] : [{ path, message: `${length} bytes, expected ${expected}` }];
  };
  const pixels = kept.height * kept.width;
  for (const [at, text] of pictures.entries()) yield* bytes(["pictures", at], text, pixels * image[2]);
  for (const [index, { classes, support, examples }] of tasks.entries()) {
    for (const [at, one] of support.entries())
      if (one.label >= classes || (one.picture ?? -1) >= pictures.length)
        yield { path: ["tasks", index, "support", at], message: "its label or picture is not there" };
    const width = examples[0]?.attention?.length;
    for (const [at, one] of examples.entries()) {
      const path = ["tasks", index, "examples", at];
      if (Math.max(one.label, one.predicted) >= classes || (one.picture ?? -1) >= pictures.length)
        yield { path, message: "its label, predicted class or picture is not there" };
      if ((one.saliency !== null) !== (saliency.state === "computed"))
        yield {
          path: [...path, "saliency"],
          message: `does not go with saliency.state "${saliency.state}"`,
        };
      if (one.saliency) yield* bytes([...path, "saliency", "bytes"], one.saliency.bytes, pixels);
      yield* bytes([...path, "occlusion", "bytes"], one.occlusion.bytes, occlusion.rows * occlusion.columns);
      if (one.attention?.length !== width)
        yield { path: [...path, "attention"], message: "not as many values as the task's first example has" };
      if (one.attention && (one.attention.length === 0 || one.attention.length % classes !== 0))
        yield { path: [...path, "attention"], message: `no multiple of ${classes} classes` };
    }
  }
}

/**
 * Checks the explanation of a trial from a file.
 *
 * @param source names the file in the error
 * @param identity of the trial that the file's name promises
 * @throws MetabenchError `invalid-record` with file, field and reason
 */
export function checkExplanation(explanation: unknown, source: string, identity: string): Explanation {
  const parsed = explanationSchema.safeParse(explanation);
  const reason = !parsed.success
    ? describeIssues(parsed.error)
    : parsed.data.identity === identity
      ? null
      : `identity: it is of trial ${parsed.data.identity}, its name says ${identity}`;
  if (parsed.success && reason === null) return parsed.data;
  throw new MetabenchError(
    "invalid-record",
    `${source} is not a valid explanation of a trial: ${reason ?? ""}. Delete the file and run \`metabench explain\` again, or restore it.`,
  );
}
