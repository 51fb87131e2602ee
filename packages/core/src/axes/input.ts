/** Facts about a kind of input that shared code asks. */
export interface InputFacts {
  readonly title: string;
  /** What a budget counts, in words. */
  readonly processed: "images" | "points";
  /** Whether inputs are pixels: noise, augmentation and pictures make sense. */
  readonly pixels: boolean;
  /** What an input is, for lists and documentation. */
  readonly summary: string;
}

/** The kinds of input a task may have. */
export const inputs = {
  image: {
    title: "Image",
    processed: "images",
    pixels: true,
    summary: "Bytes `[height, width, channels]`; networks see `(byte / 255 − mean) / deviation` per channel.",
  },
  vector: {
    title: "Vector",
    processed: "points",
    pixels: false,
    summary: "Float32 numbers `[features]`; networks see `(number − mean) / deviation` per feature.",
  },
} as const satisfies Record<string, InputFacts>;

/** A kind of input. */
export type Input = keyof typeof inputs;

/** All kinds of input, in the order in which they are listed. */
export const inputIds = Object.keys(inputs) as Input[];
