import { classImageProtocols, type ClassImages } from "./class-images.ts";

/**
 * Budgets of colour images. Conv4-64 takes 1 to 2.5 ms of a core to train on an image of 32×32×3 (prototypical networks, MAML). So the number of
 * images that small grey ones have takes 8 to 20 minutes of training at `standard`. Methods that take gradient steps in testing need up to as
 * much again for their 1,000 episodes. `quick`, at half the width, takes a minute.
 */
const budgets: ClassImages["budgets"] = {
  quick: { images: 40_000, validateEvery: 10_000 },
  standard: { images: 480_000, validateEvery: 48_000 },
  full: { images: 19_200_000, validateEvery: 320_000 },
};

const view = (slug: "cifar-fs" | "fc100", name: string, validationClasses: number) =>
  classImageProtocols({
    slug,
    name,
    dataset: { id: "cifar-100", options: { view: slug } },
    validationClasses,
    budgets,
  });

/** Few-shot classification of small photographs, on both usual splits of CIFAR-100 into classes. */
export const cifar100Protocols = [...view("cifar-fs", "CIFAR-FS", 16), ...view("fc100", "FC100", 20)];
