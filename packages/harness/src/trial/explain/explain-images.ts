import { MetabenchError } from "@metabench/core";
import type { Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { assertFinite, labelsOf } from "../../learner/index.ts";
import type { ExplainedImage, ExplainMessage } from "../../wire/index.ts";
import { occlusionMaps } from "./occlusion.ts";
import { probabilitiesOf } from "./probabilities.ts";
import { gradientTimesInput, type LogitsOf } from "./saliency.ts";

/** A predictor of one task, seen from its images. */
export interface Seen {
  readonly logitsOf: LogitsOf;
  readonly classes: number;
  /** Attention `[n, support images]`, where the method has it. */
  readonly attentionOf: ((images: Tensor4D) => Tensor2D) | null;
  readonly supportImages: number;
}

/** How far rounding may carry shares out of their range, and their sum from 1. */
const tolerance = 1e-3;

function attentionRows(
  { attentionOf, supportImages }: Seen,
  images: Tensor4D,
): readonly Float32Array[] | null {
  const attention = attentionOf?.(images);
  if (attention === undefined) return null;
  const [count] = images.shape;
  if (attention.shape[0] !== count || attention.shape[1] !== supportImages)
    throw new MetabenchError(
      "contract-broken",
      `attention() returned shape [${attention.shape.join(", ")}] for ${String(count)} inputs and ${String(supportImages)} support examples; return [${String(count)}, ${String(supportImages)}], rows that sum to 1.`,
    );
  assertFinite(attention, "Attention weights");
  const values = attention.dataSync<"float32">();
  return Array.from({ length: count }, (_, row) => {
    const weights = values.subarray(row * supportImages, (row + 1) * supportImages);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (Math.abs(sum - 1) > tolerance || weights.some((weight) => weight < -tolerance))
      throw new MetabenchError(
        "contract-broken",
        `attention() returned weights that sum to ${sum.toPrecision(4)} for an input; return shares of the support examples: none negative, their sum 1.`,
      );
    return Float32Array.from(weights, (weight) => Math.min(1, Math.max(0, weight)));
  });
}

/**
 * What a predictor looks at in images: of each the class it is taken for, gradient × input, occlusion and attention. To be called in an
 * engine scope.
 *
 * @throws MetabenchError `contract-broken` or `not-finite` when it answers with what are no logits, or no attention
 */
export function explainImages(
  seen: Seen,
  images: Tensor4D,
  { layout, transductive }: Pick<ExplainMessage, "layout" | "transductive">,
): readonly ExplainedImage[] {
  const { logitsOf, classes } = seen;
  const logits = logitsOf(images);
  const predicted = [...labelsOf(logits, images.shape[0], classes)];
  const probabilities = probabilitiesOf(logits);
  const saliency = transductive ? null : gradientTimesInput(logitsOf, images, predicted);
  const occlusion = occlusionMaps(logitsOf, images, predicted, layout, transductive);
  const attention = attentionRows(seen, images);
  return predicted.map((label, at) => ({
    predicted: label,
    probability: Math.min(1, probabilities[at]?.[label] ?? 0),
    saliency: saliency?.[at] ?? null,
    occlusion: occlusion[at] ?? new Float32Array(),
    attention: attention?.[at] ?? null,
  }));
}

/** One state for all images: a learner that is differentiable in one task is so in all. */
export function stateOf(
  tasks: readonly (readonly ExplainedImage[])[],
  transductive: boolean,
): "computed" | "transductive" | "not-differentiable" {
  if (transductive) return "transductive";
  return tasks.flat().every(({ saliency }) => saliency !== null) ? "computed" : "not-differentiable";
}
