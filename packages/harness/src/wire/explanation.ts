import type { ExplanationLayout } from "@metabench/core";
import { z } from "zod";
import type { ImageQuestion } from "./questions.ts";

/** Fixed test images to be explained: everything but the answers. Images are bytes `[count, height, width, channels]`. */
export interface ExplainMessage {
  readonly type: "explain";
  readonly images: Uint8Array;
  /** Test tasks of a few-shot protocol; empty in multi-task learning. */
  readonly episodes: readonly ImageQuestion[];
  /** Positions of the images on which every task is explained in multi-task learning; empty otherwise. */
  readonly queries: Uint32Array;
  readonly layout: ExplanationLayout;
  /** Whether predictions hang on other queries: then each image keeps its company, and there is no gradient of its own. */
  readonly transductive: boolean;
}

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array, "a Float32Array");

const exampleSchema = z.strictObject({
  predicted: z.int().nonnegative(),
  probability: z.number().min(0).max(1),
  /** Summed over channels, `[height, width]`. */
  saliency: floats.nullable(),
  /** `[rows, columns]` of the layout. */
  occlusion: floats,
  attention: floats.nullable(),
});

/** What a child says of the images: by episode or task, then by image. */
export const explainedSchema = z.strictObject({
  type: z.literal("explained"),
  state: z.enum(["computed", "transductive", "not-differentiable"]),
  tasks: z.array(z.array(exampleSchema)),
});

/** What a child found out about one image. */
export type ExplainedImage = z.infer<typeof exampleSchema>;
/** What a child says of the images. */
export type ExplainedMessage = z.infer<typeof explainedSchema>;
