/** How far a preparation is. */
export interface Progress {
  readonly message: string;
  /** 0 to 1 of the present step; null where it is unknown. */
  readonly fraction: number | null;
}

/** Takes progress; the caller decides where it goes. */
export type OnProgress = (progress: Progress) => void;

/** A number of bytes as a person reads it: `512 B`, `8.4 MB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
