import { classImageProtocols } from "./class-images.ts";

/**
 * Few-shot classification of photographs of 84×84×3. They cost seven times as much as those of 32×32×3: 35 ms of a core to train on an image,
 * 12 ms to embed one. At `standard` 20,000 images take 12 minutes, and two validations of at most 9,600 images and a test of 12,000 take up to
 * 6 more. That is far from converged; `full` is what a published number asks for.
 */
export const miniImagenetProtocols = classImageProtocols({
  slug: "mini-imagenet",
  name: "mini-ImageNet",
  dataset: { id: "mini-imagenet", options: { split: "ravi" } },
  validationClasses: 16,
  budgets: {
    quick: { images: 8000, validateEvery: 4000 },
    standard: { images: 20_000, validateEvery: 10_000 },
    full: { images: 19_200_000, validateEvery: 320_000 },
  },
});
