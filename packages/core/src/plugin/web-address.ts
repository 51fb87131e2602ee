import { z } from "zod";

/** An address that a page may link to: of the web, since a link can as well hold a script (`javascript:`) that runs at a click. */
export const webAddress = z.url({
  protocol: /^https?$/,
  error: "an address that begins with http:// or https://",
});
