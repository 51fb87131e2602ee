import type { APIRoute, GetStaticPaths } from "astro";
import { explanations } from "../../data/site-data.ts";

export const getStaticPaths = (() =>
  [...explanations].map(([identity, explanation]) => ({
    params: { identity },
    props: { explanation },
  }))) satisfies GetStaticPaths;

/** What a trained learner looked at, as it is stored. */
export const GET: APIRoute = ({ props }) =>
  new Response(JSON.stringify(props["explanation"]), { headers: { "content-type": "application/json" } });
