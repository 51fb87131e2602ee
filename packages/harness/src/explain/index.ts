export { explainTrial, type ExplainOptions } from "./explain-trial.ts";
