export { frozenFunctions, functionsHash, type FunctionEpisode } from "./function-episodes.ts";
