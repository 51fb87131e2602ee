export { brokenAnswers } from "./answers.ts";
export { changedTest } from "./changed-test.ts";
export { openTest, type OpenTest } from "./open-test.ts";
export type { Scored, Scorer } from "./scorer.ts";
export { classificationTest, firstEpisodes } from "./test.ts";
