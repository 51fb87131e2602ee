import { z } from "zod";
import { field } from "./field.ts";
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
  title: field(z.string().min(1), {
    form: "a string",
    example: '"Prototypical Networks for Few-shot Learning"',
    about: "the publication's title",
  }),
  authors: field(z.array(z.string().min(1)).min(1), {
    form: "an array of strings, one per author",
    example: '["Jake Snell", "Kevin Swersky", "Richard Zemel"]',
    about: "the authors, in the order of the publication",
  }),
  year: field(z.int().min(1900).max(2100), {
    form: "a whole number from 1900 to 2100",
    example: "2017",
    about: "the year of publication",
  }),
  url: field(webAddress, {
    form: "a string that begins with http:// or https://",
    example: '"https://arxiv.org/abs/1703.05175"',
    about: "where it can be read",
  }),
});

/** Where a method or a data set was published. */
export type Reference = z.infer<typeof referenceSchema>;

/** The fields that every plugin has. */
export const manifestSchema = z.strictObject({
  id: field(pluginId, {
    form: "a string of 1 to 64 lower-case letters, digits and hyphens",
    example: '"my-method"',
    about:
      "the name in commands and records; unique among data sets, among backbones, and among the algorithms of a setting",
  }),
  version: field(pluginVersion, {
    form: "a string with a semantic version",
    example: '"1.0.0"',
    about: "changes with every change of behaviour, and with it the identity of every trial",
  }),
  title: field(z.string().min(1).max(80), {
    form: "a string of 1 to 80 characters",
    example: '"My method"',
    about: "the name in tables",
  }),
  summary: field(z.string().min(1).max(400), {
    form: "a string of 1 to 400 characters",
    example: '"Averages the support set."',
    about: "one or two sentences on what it does, for the page of the plugin",
  }),
  reference: field(referenceSchema.nullable(), {
    form: "null or an object { title, authors, year, url }",
    example: '{ title: "My paper", authors: ["Ada Lovelace"], year: 2026, url: "https://example.org/paper" }',
    about: "the publication; null for none",
  }),
});

/** The fields that every plugin has. */
export type Manifest = z.infer<typeof manifestSchema>;

/** JSON. Parsed options must be JSON, since they are part of a trial's identity. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
