import {
  grad,
  mul,
  sum,
  tensor2d,
  tidy,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from "@tensorflow/tfjs-core";

/** Logits `[n, classes]` of images `[n, height, width, channels]`. */
export type LogitsOf = (images: Tensor4D) => Tensor2D;

/** What TensorFlow.js says where no path of derivatives leads from the images to the logits. */
const noPath = /^Cannot compute gradient|gradient function not found/;

/**
 * Gradient × input (Shrikumar, Greenside, Shcherbina, Kundaje 2016, https://arxiv.org/abs/1605.01713): of each image, the derivative of
 * one class's logit by each pixel, times the pixel as the network sees it, summed over channels, `[height · width]`.
 *
 * Predictions for an image must not depend on the others: the gradient is that of the sum of all images' logits.
 *
 * @param classes the class of each image, `[n]`
 * @returns null where the logits cannot be differentiated by the images
 */
export function gradientTimesInput(
  logitsOf: LogitsOf,
  images: Tensor4D,
  classes: readonly number[],
): readonly Float32Array[] | null {
  const [, height, width] = images.shape;
  const pixels = height * width;
  try {
    const values = tidy(() => {
      const chosen = (x: Tensor) => {
        const logits = logitsOf(x as Tensor4D);
        const wanted = new Float32Array(logits.size);
        for (const [row, label] of classes.entries()) wanted[row * logits.shape[1] + label] = 1;
        return sum(mul(logits, tensor2d(wanted, logits.shape)));
      };
      const gradient = grad(chosen)(images);
      return sum(mul(gradient, images), 3).dataSync();
    });
    return classes.map((_, at) => Float32Array.from(values.subarray(at * pixels, (at + 1) * pixels)));
  } catch (error) {
    if (error instanceof Error && noPath.test(error.message)) return null;
    throw error;
  }
}
