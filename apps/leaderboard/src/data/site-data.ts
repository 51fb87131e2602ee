import { compileLeaderboard } from "@metabench/core";
import { readExplanations } from "./read-explanations.ts";
import { readRecords } from "./read-records.ts";

const folders = process.env["METABENCH_RESULTS"] ?? "";

/** Every record of the site, read once a build. */
export const records = readRecords(folders);

/** What their trained learners looked at, by identity, where that was found out. */
export const explanations = readExplanations(folders, records);

/** The standings compiled from them. */
export const leaderboard = compileLeaderboard(records);
