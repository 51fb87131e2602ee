import { util } from "@tensorflow/tfjs-core";
import type { KernelConfig, UnsortedSegmentSumAttrs } from "@tensorflow/tfjs-core";
import { fill, kernel } from "./kernel.ts";

/** Sums the rows of `x` by segment, the gradient of `gather`, which tfjs' WebAssembly backend lacks. Rows with a negative segment are dropped. */
export const unsortedSegmentSum: KernelConfig = kernel<"x" | "segmentIds", UnsortedSegmentSumAttrs>(
  "UnsortedSegmentSum",
  ({ x, segmentIds }, { numSegments }, backend) => {
    const rows = segmentIds.shape;
    const row = x.shape.slice(rows.length);
    const width = util.sizeFromShape(row);
    return fill(
      backend,
      [numSegments, ...row],
      [x, segmentIds],
      (output, [values = output, segments = output]) => {
        for (let index = 0; index < segments.length; index++) {
          const segment = segments[index] ?? -1;
          if (segment < 0 || segment >= numSegments) continue;
          for (let at = 0; at < width; at++) {
            const to = segment * width + at;
            output[to] = (output[to] ?? 0) + (values[index * width + at] ?? 0);
          }
        }
      },
    );
  },
);
