import {
  noisyPixels,
  randomStream,
  wrongLabels,
  streamPath,
  type Protocol,
  type RobustnessVariant,
} from "@metabench/core";
import type { ImageQuestion, TestMessage } from "../wire/index.ts";
import type { OpenTest } from "./tests.ts";

function withNoise(pixels: Uint8Array, order: Uint32Array, level: number, path: string): Uint8Array {
  const images = pixels.slice();
  const size = order.length === 0 ? 0 : images.length / order.length;
  const add = noisyPixels(level);
  for (const [at, position] of order.entries())
    add(images.subarray(at * size, (at + 1) * size), randomStream(`${path}/${String(position)}`));
  return images;
}

const withWrongLabels = (
  episodes: readonly ImageQuestion[],
  ways: number,
  level: number,
  path: string,
): readonly ImageQuestion[] =>
  episodes.map((question, episode) => ({
    ...question,
    support: wrongLabels(question.support, ways, level, randomStream(`${path}/${String(episode)}`)),
  }));

/**
 * A test as a variant changes it; the right answers stay. Noise is seeded by an image's position in the split, wrong labels by the
 * episode's number: the same for every method and machine.
 *
 * @throws Error where the variant does not apply to the protocol
 */
export function changedTest(
  { message, order }: Pick<OpenTest, "message" | "order">,
  protocol: Protocol,
  { kind, level }: RobustnessVariant,
): TestMessage {
  const path = streamPath(protocol, "test", kind);
  if (kind === "input-noise" && "images" in message)
    return { ...message, images: withNoise(message.images, order, level, path) };
  if (kind === "input-noise" && "inputs" in message && message.inputs instanceof Uint8Array)
    return { ...message, inputs: withNoise(message.inputs, order, level, path) };
  if (kind === "wrong-labels" && "episodes" in message && "images" in message && "ways" in protocol)
    return { ...message, episodes: withWrongLabels(message.episodes, protocol.ways, level, path) };
  throw new Error(`Variant ${kind} does not apply to ${protocol.kind}.`);
}
