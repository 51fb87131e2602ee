import type { TrainingSetting } from "@metabench/core";

/** What one update of a method is trained on, in words: what it is, and how much of it where that is not said yet. */
export function trainedOn(training: TrainingSetting): readonly [what: string, amount?: string] {
  const each = (count: number) => `${String(count)} per update`;
  switch (training.on) {
    case "episodes": {
      const { ways, shots, queries, perUpdate } = training;
      const asked = queries === 1 ? "1 query" : `${String(queries)} queries`;
      return [`${String(ways)}-way ${String(shots)}-shot`, `${asked}, ${each(perUpdate)}`];
    }
    case "functions":
      return [`${String(training.shots)}-shot functions`, each(training.perUpdate)];
    case "labelled-images":
      return [training.batchSize === 1 ? "single images" : `batches of ${String(training.batchSize)} images`];
    case "labelled-examples":
      return [
        training.batchSize === 1 ? "single examples" : `batches of ${String(training.batchSize)} examples`,
      ];
    case "nothing":
      return ["nothing"];
  }
}
