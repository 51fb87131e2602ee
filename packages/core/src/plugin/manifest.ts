import { z } from "zod";
import { webAddress } from "./web-address.ts";

/** A plugin's id: short, lower case, fit for an address and a file name. */
export const pluginId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    "lower-case letters, digits and hyphens, 1 to 64 characters, no hyphen first",
  );

/** Semantic version; a change of behaviour changes it, and with it the identity of every trial. */
export const pluginVersion = z
  .string()
  .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, "a semantic version such as 1.0.0");

/** Where a method or a data set was published. */
export const referenceSchema = z.strictObject({
  title: z.string().min(1),
  authors: z.array(z.string().min(1)).min(1),
  year: z.int().min(1900).max(2100),
  url: webAddress,
});

/** Where a method or a data set was published. */
export type Reference = z.infer<typeof referenceSchema>;

/** What every plugin says of itself. */
export const manifestSchema = z.strictObject({
  id: pluginId,
  version: pluginVersion,
  title: z.string().min(1).max(80),
  /** One or two sentences: what it does, for the page of the plugin. */
  summary: z.string().min(1).max(400),
  reference: referenceSchema.nullable(),
});

/** What every plugin says of itself. */
export type Manifest = z.infer<typeof manifestSchema>;

/** JSON that a plugin's parsed options must be, since they are part of a trial's identity. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
