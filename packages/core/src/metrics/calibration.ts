/** Bins of equal width that predictions are sorted into by their confidence. */
export const calibrationBins = 15;

/** One bin: how many predictions, how many of them right, and the sum of their confidences. */
export type CalibrationBin = readonly [count: number, right: number, confidence: number];

/** Predictions sorted by confidence; adding up the bins of several tests gives the bins of all. */
export interface Calibration {
  /** Sorts one prediction in: the probability of the predicted label, and whether it is right. */
  add(confidence: number, right: boolean): void;
  bins(): CalibrationBin[];
}

/** Begins with empty bins. Bin i holds confidences above i/15 up to (i + 1)/15. */
export function calibration(): Calibration {
  const bins = Array.from({ length: calibrationBins }, () => ({ count: 0, right: 0, confidence: 0 }));
  return {
    add(confidence, right) {
      const at = Math.min(calibrationBins - 1, Math.max(0, Math.ceil(confidence * calibrationBins) - 1));
      const bin = bins[at];
      if (!bin) return;
      bin.count += 1;
      bin.right += Number(right);
      bin.confidence += confidence;
    },
    bins: () => bins.map(({ count, right, confidence }) => [count, right, Number(confidence.toPrecision(9))]),
  };
}

/**
 * Expected calibration error: the mean over predictions of the gap between accuracy and mean confidence of their bin.
 *
 * Guo, Pleiss, Sun, Weinberger 2017, equation 5, https://arxiv.org/abs/1706.04599
 *
 * @returns null without predictions
 */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number | null {
  const predictions = bins.reduce((sum, [count]) => sum + count, 0);
  if (predictions === 0) return null;
  return bins.reduce((sum, [, right, confidence]) => sum + Math.abs(right - confidence), 0) / predictions;
}

/**
 * Logarithms of the probabilities that logits stand for: logit − log Σ exp(logits), row by row.
 *
 * @param logits `[rows, columns]`, row by row
 * @returns the same shape
 */
export function logSoftmax(logits: ArrayLike<number>, columns: number): Float32Array {
  const result = new Float32Array(logits.length);
  for (let from = 0; from < logits.length; from += columns) {
    let largest = -Infinity;
    for (let at = from; at < from + columns; at += 1) largest = Math.max(largest, logits[at] ?? 0);
    let sum = 0;
    for (let at = from; at < from + columns; at += 1) sum += Math.exp((logits[at] ?? 0) - largest);
    const log = largest + Math.log(sum);
    for (let at = from; at < from + columns; at += 1) result[at] = (logits[at] ?? 0) - log;
  }
  return result;
}
