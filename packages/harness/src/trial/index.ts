export { conductFewShot } from "./conduct-few-shot.ts";
export { conductMultiTask } from "./conduct-multi-task.ts";
export type { Choices, Conduct } from "./conduct.ts";
export type { TrainingImages } from "./few-shot-learning.ts";
export type { TrainingExamples } from "./multi-task-learning.ts";
export { inScope } from "./scope.ts";
