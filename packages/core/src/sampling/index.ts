export { epochBatches } from "./batches.ts";
export type { BatchState, EpochBatches } from "./batches.ts";
export { classIndex, episodeSampler, episodesHash, frozenEpisodes, sampleEpisode } from "./episodes.ts";
export type { ClassIndex, EpisodeSampler, EpisodeShape, IndexEpisode } from "./episodes.ts";
export { randomStream } from "./random.ts";
export type { Random, RandomState } from "./random.ts";
export { sha256Hex, sha256Words } from "./sha256.ts";
export { streamPath } from "./stream-path.ts";
export { symmetricBeta } from "./symmetric-beta.ts";
