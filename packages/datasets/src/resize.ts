/** A picture of bytes, `[height, width, channels]`. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/** For each pixel along a side of the result: the first source pixel it covers and how much of it and its followers, in units of 1/`to`. */
function coverage(
  from: number,
  to: number,
): readonly (readonly [first: number, shares: readonly number[]])[] {
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * from, (i + 1) * from];
    const first = Math.floor(start / to);
    const shares = Array.from(
      { length: Math.ceil(end / to) - first },
      (_unused, k) => Math.min(end, (first + k + 1) * to) - Math.max(start, (first + k) * to),
    );
    return [first, shares];
  });
}

/**
 * Resizes a picture to `side`×`side` pixels, each the area average of the part of the picture it covers, rounded half up; not kept in
 * proportion. All sums are whole numbers below 2⁵³, so the result is the same everywhere.
 */
export function resizeToSquare({ width, height, channels, pixels }: Picture, side: number): Uint8Array {
  const [rows, columns] = [coverage(height, side), coverage(width, side)];
  const total = width * height;
  const result = new Uint8Array(side * side * channels);
  let at = 0;
  for (const [top, heights] of rows)
    for (const [left, widths] of columns)
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0;
        for (let y = 0; y < heights.length; y += 1) {
          let row = 0;
          for (let x = 0; x < widths.length; x += 1)
            row += (widths[x] ?? 0) * (pixels[((top + y) * width + left + x) * channels + channel] ?? 0);
          sum += row * (heights[y] ?? 0);
        }
        result[at] = Math.floor((2 * sum + total) / (2 * total));
        at += 1;
      }
  return result;
}
