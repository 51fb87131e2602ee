import { inScope, lossesOf } from "../learner/index.ts";
import type { Specimen } from "./specimen.ts";

/** Takes updates, as a trial does; returns the losses of each by name, or nothing for a learner that does not train. */
export function update({ learning }: Specimen, updates: number): readonly Readonly<Record<string, number>>[] {
  if (learning.imagesPerUpdate === null) return [];
  return Array.from({ length: updates }, () => inScope(() => lossesOf(learning.update())));
}
