import type { SplitName } from "@metabench/core";

/**
 * FC100: Oreshkin's split of CIFAR-100's superclasses, 12 / 4 / 4 (60 / 20 / 20 classes), so that test classes are far from training classes.
 *
 * Oreshkin, Rodríguez López, Lacoste 2018 (TADAM), arXiv 1805.10123; lists as in Torchmeta.
 */
export const fc100Superclasses: Readonly<Record<SplitName, readonly string[]>> = {
  train: [
    "fish",
    "flowers",
    "food_containers",
    "fruit_and_vegetables",
    "household_electrical_devices",
    "household_furniture",
    "large_man-made_outdoor_things",
    "large_natural_outdoor_scenes",
    "reptiles",
    "trees",
    "vehicles_1",
    "vehicles_2",
  ],
  validation: [
    "large_carnivores",
    "large_omnivores_and_herbivores",
    "non-insect_invertebrates",
    "small_mammals",
  ],
  test: ["aquatic_mammals", "insects", "medium_mammals", "people"],
};
