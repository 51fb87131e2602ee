import { z } from "zod";
import { backendProbeSchema } from "../backend/index.ts";

const toolSchema = z.discriminatedUnion("found", [
  z.strictObject({ found: z.literal(true), version: z.string() }),
  z.strictObject({ found: z.literal(false), advice: z.string() }),
]);

/** A program the set-up needs: its version, or how to install it. */
export type ToolReport = z.infer<typeof toolSchema>;

/** What `metabench doctor` finds out about this machine. */
export const doctorReportSchema = z.strictObject({
  schema: z.literal("metabench/doctor/1"),
  node: z.string(),
  /** As Node names it, `linux-x64`, with the version of the GNU C library where there is one. */
  platform: z.string(),
  processor: z.strictObject({ model: z.string(), cores: z.int().positive() }),
  memoryBytes: z.strictObject({ total: z.int().nonnegative(), free: z.int().nonnegative() }),
  tools: z.strictObject({ python: toolSchema, pip: toolSchema, compiler: toolSchema }),
  /** NVIDIA cards that the driver lists. */
  cards: z.array(z.string()).readonly(),
  native: z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("ready"), flavour: z.enum(["cpu", "cuda"]), version: z.string() }),
    z.strictObject({ state: z.literal("foreign"), advice: z.string() }),
    z.strictObject({ state: z.literal("missing"), advice: z.string() }),
  ]),
  /** What a trial would compute on, found by starting it in a process of its own. */
  backend: backendProbeSchema,
  cache: z.strictObject({ folder: z.string(), writable: z.boolean(), freeBytes: z.int().nonnegative() }),
  data: z.array(
    z.strictObject({
      root: z.string(),
      exists: z.boolean(),
      /** The folders and files at its top, by name. */
      entries: z.array(z.string()),
    }),
  ),
});

/** See {@link doctorReportSchema}. */
export type DoctorReport = z.infer<typeof doctorReportSchema>;
