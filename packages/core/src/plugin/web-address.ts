import { z } from "zod";

/** A web address that a page may link to. Other schemes are refused, since a `javascript:` link would run at a click. */
export const webAddress = z.url({
  protocol: /^https?$/,
  error: "an address that begins with http:// or https://",
});
