export {
  adaptTo,
  assertFinite,
  drawPredictors,
  inputsOf,
  labelsOf,
  sharedSteps,
  stepsOf,
} from "./adaptation.ts";
export { checkVariables } from "./check-variables.ts";
export { createLearner } from "./create-learner.ts";
export { fewShotLearning, type TrainingImages } from "./few-shot-learning.ts";
export { inputReader, shapeOf, type InputReader } from "./input-reader.ts";
export type { ImageReader } from "./image-reader.ts";
export { imageReader } from "./image-tensor.ts";
export type { Learning } from "./learning.ts";
export { lossesOf } from "./losses-of.ts";
export { multiTaskLearning, predictTask, type TrainingExamples } from "./multi-task-learning.ts";
export { adaptToFunction, assertOutputs, regressionLearning } from "./regression-learning.ts";
export { inScope } from "./scope.ts";
export { restoreSnapshot, takeSnapshot } from "./snapshot.ts";
export { testInputs, type TestImages } from "./test-inputs.ts";
export { taskBatches } from "./task-batches.ts";
export { largest, predictOutputs, taskLearning } from "./task-learning.ts";
export { haveOwnExamples, specsOfImageTasks, specsOfTasks, type TaskTraining } from "./task-specs.ts";
export { trackedRandom, type StreamStates, type TrackedRandom } from "./tracked-random.ts";
export { trackedTraining } from "./tracked-training.ts";
export { featuresDiffer, logitsDiffer } from "./transduction.ts";
