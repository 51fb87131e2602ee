import type { APIRoute, GetStaticPaths } from "astro";
import { records } from "../../data/site-data.ts";

export const getStaticPaths = (() =>
  records.map((record) => ({
    params: { identity: record.identity },
    props: { record },
  }))) satisfies GetStaticPaths;

/** The record as it is stored. */
export const GET: APIRoute = ({ props }) =>
  new Response(JSON.stringify(props["record"], null, 1), { headers: { "content-type": "application/json" } });
