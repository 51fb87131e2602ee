import { classImageProtocols } from "./class-images.ts";

/** Few-shot classification of two-digit numbers, in both sizes of picture. */
export const doubleMnistProtocols = ([28, 64] as const).flatMap((size) =>
  classImageProtocols({
    slug: size === 64 ? "double-mnist" : `double-mnist-${String(size)}`,
    name: `DoubleMNIST ${String(size)}×${String(size)}`,
    dataset: { id: "double-mnist", options: { size } },
    validationClasses: 16,
  }),
);
