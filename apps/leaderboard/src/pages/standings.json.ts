import type { APIRoute } from "astro";
import { leaderboard } from "../data/site-data.ts";

/** The compiled standings, by `leaderboardSchema` of `@metabench/core`. */
export const GET: APIRoute = () =>
  new Response(JSON.stringify(leaderboard), { headers: { "content-type": "application/json" } });
