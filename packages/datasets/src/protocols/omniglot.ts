import { classImageProtocols } from "./class-images.ts";

/** Few-shot classification of handwritten characters, on the split that most papers use. */
export const omniglotProtocols = classImageProtocols({
  slug: "omniglot-vinyals",
  name: "Omniglot (Vinyals' split)",
  dataset: { id: "omniglot", options: { split: "vinyals" } },
  validationClasses: 688,
});
