import { standingsCsv } from "@metabench/core";
import type { APIRoute } from "astro";
import { leaderboard } from "../data/site-data.ts";

export const GET: APIRoute = () =>
  new Response(standingsCsv(leaderboard), { headers: { "content-type": "text/csv" } });
