export { conductFewShot } from "./conduct-few-shot.ts";
export { conductMultiTask } from "./conduct-multi-task.ts";
export type { Choices, Conduct } from "./conduct.ts";
