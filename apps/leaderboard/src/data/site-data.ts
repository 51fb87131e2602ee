import { compileLeaderboard } from "@metabench/core";
import { readRecords } from "./read-records.ts";

/** Every record of the site, read once a build. */
export const records = readRecords(process.env["METABENCH_RESULTS"] ?? "");

/** The standings compiled from them. */
export const leaderboard = compileLeaderboard(records);
