import { z } from "zod";
import { fromBase64, toBase64 } from "../encoding/base64.ts";

/** Signed values in a byte each, row by row: byte b stands for `scale` · (b − 128) / 127. */
export const heatMapSchema = z.strictObject({
  /** The largest magnitude; 0 where all values are 0. */
  scale: z.number().nonnegative(),
  /** Base64. */
  bytes: z.base64(),
});
export type HeatMap = z.infer<typeof heatMapSchema>;

/** Packs signed values into bytes; what is lost is at most half of 1/127 of the largest magnitude. */
export function packHeatMap(values: ArrayLike<number>): HeatMap {
  let scale = 0;
  for (let at = 0; at < values.length; at += 1) scale = Math.max(scale, Math.abs(values[at] ?? 0));
  const bytes = Uint8Array.from(
    { length: values.length },
    (_, at) => 128 + (scale === 0 ? 0 : Math.round((127 * (values[at] ?? 0)) / scale)),
  );
  return { scale, bytes: toBase64(bytes) };
}

/** The values of a heat map, row by row. */
export function unpackHeatMap({ scale, bytes }: HeatMap): Float64Array {
  return Float64Array.from(fromBase64(bytes), (byte) => (scale * (byte - 128)) / 127);
}
