export { brokenAnswers } from "./answers.ts";
export { changedTest } from "./changed-test.ts";
export { openTest } from "./open-test.ts";
export { fits, type OpenTest } from "./tests.ts";
export type { Scored, Scorer } from "./scorer.ts";
export { classificationTest, firstEpisodes } from "./test.ts";
