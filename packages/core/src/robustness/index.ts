export { noisyPixels, type AddNoise } from "./noisy-pixels.ts";
export * from "./variant.ts";
export { wrongLabels } from "./wrong-labels.ts";
