import { z } from "zod";
import { webAddress } from "./web-address.ts";

/** A plugin's id: short and lower case, since it stands in addresses and file names. */
export const pluginId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    "lower-case letters, digits and hyphens, 1 to 64 characters, no hyphen first",
  );

/** Semantic version. Raise it with every change of behaviour: it is part of the identity of every trial. */
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

/** The fields that every plugin has. */
export const manifestSchema = z.strictObject({
  id: pluginId,
  version: pluginVersion,
  title: z.string().min(1).max(80),
  /** One or two sentences that say what the plugin does; the site shows them. */
  summary: z.string().min(1).max(400),
  reference: referenceSchema.nullable(),
});

/** The fields that every plugin has. */
export type Manifest = z.infer<typeof manifestSchema>;

/** JSON. Parsed options must be JSON, since they are part of a trial's identity. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
