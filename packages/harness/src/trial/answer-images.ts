import type {
  FewShotClassificationProtocol,
  FewShotLearner,
  ImageShape,
  Normalisation,
} from "@metabench/core";
import { slice, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { adaptTo, drawPredictors, labelsOf, sharedSteps } from "./adaptation.ts";
import { imageReader, type ImageReader } from "./image-tensor.ts";
import type { AnswersMessage, ImageQuestion } from "./messages.ts";
import { inScope } from "./scope.ts";
import { differ } from "./transduction.ts";

type Answers = Extract<AnswersMessage, { kind: "few-shot-classification" }>;

const encodingBatch = 200;
const episodesAMessage = 20;
/** Episodes on which transduction is looked for. */
const probes = 3;

/** Inputs by position: images, or the embeddings of all test images, each computed once. */
function testInputs(
  learner: FewShotLearner,
  reader: ImageReader,
  count: number,
): { readonly at: (positions: Uint32Array) => Tensor; readonly transductive: boolean } {
  if (learner.adaptsOn === "images") return { at: (positions) => reader.at(positions), transductive: false };
  const encode = (from: number, to: number) => {
    const encoded = learner.encode(reader.at(Uint32Array.from({ length: to - from }, (_, at) => from + at)));
    return { shape: encoded.shape.slice(1), values: Float32Array.from(encoded.dataSync()) };
  };
  const { shape, values: first } = inScope(() => encode(0, Math.min(encodingBatch, count)));
  const size = shape.reduce((product, extent) => product * extent, 1);
  const embeddings = new Float32Array(count * size);
  embeddings.set(first);
  for (let from = encodingBatch; from < count; from += encodingBatch)
    embeddings.set(
      inScope(() => encode(from, Math.min(from + encodingBatch, count)).values),
      from * size,
    );
  const few = Math.min(7, count);
  const alone = inScope(() => encode(0, few).values);
  return {
    at: (positions) => {
      const values = new Float32Array(positions.length * size);
      for (const [at, position] of positions.entries())
        values.set(embeddings.subarray(position * size, (position + 1) * size), at * size);
      return tensor(values, [positions.length, ...shape]);
    },
    transductive: differ(alone, embeddings.subarray(0, few * size)),
  };
}

/** Test images and how to read them. */
export interface TestImages {
  readonly images: Uint8Array;
  readonly image: ImageShape;
  readonly normalisation: Normalisation;
}

/** What is asked: tasks of a shape, at adaptation steps. */
type AskedTasks = Pick<FewShotClassificationProtocol, "ways" | "shots"> & {
  readonly steps: readonly number[];
};

/** Answers the few-shot test, some episodes at a time; returns whether predictions depend on other queries. */
export async function answerImages(
  learner: FewShotLearner,
  { ways, shots, steps: wanted }: AskedTasks,
  { images, image, normalisation }: TestImages,
  questions: readonly ImageQuestion[],
  send: (answers: Answers) => Promise<void>,
): Promise<boolean> {
  const reader = imageReader(images, image, normalisation);
  const inputs = testInputs(learner, reader, images.length / (image[0] * image[1] * image[2]));
  const headlineStep = learner.adaptationSteps;
  let { transductive } = inputs;

  const answer = (question: ImageQuestion, index: number) =>
    inScope(() => {
      const queries = inputs.at(question.query);
      const count = question.query.length;
      const predictions: Uint8Array[] = [];
      const steps = drawPredictors(
        adaptTo(learner, inputs.at, question, ways, shots),
        learner,
        wanted,
        ({ step, predict }) => {
          const logits = predict(queries);
          predictions.push(labelsOf(logits, count, ways));
          if (index < probes && step === headlineStep) {
            const few = Math.ceil(count / 2);
            const alone = predict(slice(queries, 0, few));
            transductive ||= differ(alone.dataSync(), slice(logits, 0, few).dataSync());
          }
        },
      );
      return { steps, predictions };
    });

  for (let from = 0; from < questions.length; from += episodesAMessage) {
    const answered = questions
      .slice(from, from + episodesAMessage)
      .map((question, at) => answer(question, from + at));
    const steps = sharedSteps(answered);
    const all = answered.flatMap((one) => one.predictions);
    const predictions = new Uint8Array(all.reduce((total, { length }) => total + length, 0));
    let offset = 0;
    for (const labels of all) {
      predictions.set(labels, offset);
      offset += labels.length;
    }
    const oneShot = steps.length === 1 && wanted.length > 1;
    await send({
      type: "answers",
      kind: "few-shot-classification",
      from,
      steps,
      oneShot,
      headlineStep,
      predictions,
    });
  }
  return transductive;
}
