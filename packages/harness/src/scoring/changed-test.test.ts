import {
  noisyPixels,
  randomStream,
  robustnessVariants,
  type FewShotClassificationProtocol,
  type MultiTaskProtocol,
} from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { describe, expect, it } from "vitest";
import { changedTest } from "./changed-test.ts";
import { classificationTest, multiTaskTest } from "./test.ts";

// Twelve classes of twenty images of four pixels; the first names the image.
const [classes, perClass] = [12, 20];
const labels = Uint16Array.from({ length: classes * perClass }, (_, at) => Math.floor(at / perClass));
const images = Uint8Array.from(
  { length: 4 * labels.length },
  (_, at) => (at % 4 === 0 ? at / 4 : 128) as number,
);
const classNames = Array.from({ length: classes }, (_, at) => `class ${String(at)}`);
const data = { image: [2, 2, 1] as const, splits: { test: { images, labels, classNames } } };
const protocol = findProtocol("few-shot/double-mnist-28/5w1s").at("quick") as FewShotClassificationProtocol;

const opened = (testEpisodes: number) => {
  const test = classificationTest({ ...protocol, testEpisodes }, data);
  if (test.message.kind !== "few-shot-classification") throw new Error("It is of another kind.");
  return { ...test, message: test.message };
};
const variant = (id: string) => {
  const found = robustnessVariants.find((one) => one.id === id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
};
const changed = (test: ReturnType<typeof opened>, id: string) => {
  const message = changedTest(test, protocol, variant(id));
  if (message.kind !== "few-shot-classification") throw new Error("It is of another kind.");
  return message;
};
/** Pixels of the image at a position of the split. */
const pixelsOf = ({ order }: ReturnType<typeof opened>, sent: Uint8Array, position: number) => {
  const at = order.indexOf(position);
  return at < 0 ? null : [...sent.subarray(4 * at, 4 * at + 4)];
};

describe("a test with noise", () => {
  it("changes the images and nothing else", () => {
    const test = opened(4);
    const { images: sent, ...rest } = changed(test, "input-noise-0.2");
    const { images: plain, ...plainRest } = test.message;
    expect(rest).toEqual(plainRest);
    expect(sent).not.toEqual(plain);
    expect(sent).toHaveLength(plain.length);
    expect(test.message.images, "the plain test stays as it is").toEqual(opened(4).message.images);
  });

  it("gives an image the same noise however many episodes there are", () => {
    const [few, many] = [opened(2), opened(9)];
    const [fewSent, manySent] = [few, many].map((test) => changed(test, "input-noise-0.1").images);
    const shared = [...few.order];
    expect(few.order).not.toEqual(many.order);
    for (const position of shared)
      expect(pixelsOf(few, fewSent ?? new Uint8Array(), position)).toEqual(
        pixelsOf(many, manySent ?? new Uint8Array(), position),
      );
  });

  it("is for multi-task tests too, in whatever order the images are sent", () => {
    const multiTask = findProtocol("multi-task/multi-mnist").at("quick") as MultiTaskProtocol;
    const test = multiTaskTest(multiTask, {
      image: data.image,
      splits: { test: { images, targets: {} } },
    });
    const message = changedTest(test, multiTask, variant("input-noise-0.4"));
    if (message.kind !== "multi-task") throw new Error("It is of another kind.");
    const add = noisyPixels(0.4);
    for (const [at, position] of test.order.entries()) {
      const expected = images.slice(4 * position, 4 * position + 4);
      add(
        expected,
        randomStream(`multi-task/multi-mnist@1/multi-mnist/test/input-noise/${String(position)}`),
      );
      expect(message.images.subarray(4 * at, 4 * at + 4)).toEqual(expected);
    }
    expect(() => changedTest(test, multiTask, variant("wrong-labels-0.1"))).toThrow(/does not apply/);
  });
});

describe("a test with wrong labels", () => {
  const test = opened(200);

  it("puts images of the episode's other classes under support labels, and leaves labels, queries and images alone", () => {
    const { episodes, images: sent } = changed(test, "wrong-labels-0.4");
    expect(sent).toBe(test.message.images);
    let wrong = 0;
    for (const [at, { support, supportLabels, query }] of episodes.entries()) {
      const plain = test.message.episodes[at];
      expect(supportLabels).toEqual(plain?.supportLabels);
      expect(query).toEqual(plain?.query);
      for (const [slot, image] of support.entries()) {
        expect(plain?.support).toContain(image);
        if (image !== plain?.support[slot]) wrong += 1;
      }
    }
    // Of 1000 labels 400, with a standard error of 15.5.
    expect(Math.abs(wrong - 400)).toBeLessThan(62);
  });

  it("has the same wrong labels however many episodes there are", () => {
    const classOf = (from: ReturnType<typeof opened>, position: number) => from.order[position];
    const short = opened(3);
    const [few, many] = [changed(short, "wrong-labels-0.2"), changed(test, "wrong-labels-0.2")];
    for (const [at, { support }] of few.episodes.entries())
      expect([...support].map((position) => classOf(short, position))).toEqual(
        [...(many.episodes[at]?.support ?? [])].map((position) => classOf(test, position)),
      );
  });
});
