export { orderSchema, reportSchema, type Order } from "./conformance.ts";
export { exchange, type Exchange } from "./exchange.ts";
export type { ExplainedImage, ExplainedMessage, ExplainMessage } from "./explanation.ts";
export {
  childMessageSchema,
  trainedFields,
  type AnswersMessage,
  type ChildMessage,
  type ParentMessage,
  type StartMessage,
  type Timing,
} from "./messages.ts";
export { nothingToSee } from "./no-images.ts";
export type { OperationTimes } from "./operation-times.ts";
export { phaseProfileSchema, type PhaseProfile } from "./phase-profile.ts";
export type { FunctionQuestion, ImageQuestion, TestMessage } from "./questions.ts";
