import { MetabenchError } from "@metabench/core";
import { pictureBytes, type Cifar100, type CifarPart } from "./cifar-content.ts";
import { readPickle } from "./pickle.ts";
import { pickleInMemory } from "./pickle-source.ts";
import { NumpyArray, textOf, type Slot } from "./pickle-values.ts";

/**
 * CIFAR-100 from the pickles `meta`, `train` and `test` of the Python archive.
 *
 * @param file - the bytes of a file by name
 * @throws MetabenchError `data-corrupt`
 */
export function cifarFromPickles(file: (name: string) => Uint8Array): Cifar100 {
  const meta = readPickle(pickleInMemory(file("meta")), "meta");
  return {
    fineNames: names(meta, "fine_label_names"),
    coarseNames: names(meta, "coarse_label_names"),
    parts: ["train", "test"].map((name) => part(readPickle(pickleInMemory(file(name)), name), name)),
  };
}

const wrong = (name: string, what: string) =>
  new MetabenchError(
    "data-corrupt",
    `CIFAR-100's file ${name} ${what}. Replace the archive with a fresh copy from its publisher.`,
  );

const field = (pickled: Slot, name: string) => (pickled instanceof Map ? pickled.get(name) : undefined);

function names(meta: Slot, name: string): readonly string[] {
  const list = field(meta, name);
  const texts = Array.isArray(list) ? list.map(textOf) : [];
  if (texts.length === 0 || texts.includes(undefined)) throw wrong("meta", `has no list of names ${name}`);
  return texts.map((text) => text ?? "");
}

function part(pickled: Slot, name: string): CifarPart {
  const data = field(pickled, "data");
  if (!(data instanceof NumpyArray) || data.code !== "u1" || !(data.data instanceof Uint8Array))
    throw wrong(name, "has no array of bytes called data");
  const [pictures = 0, width] = data.shape;
  if (data.shape.length !== 2 || width !== pictureBytes)
    throw wrong(
      name,
      `has data of shape [${data.shape.join(", ")}], not [pictures, ${String(pictureBytes)}]`,
    );
  const labels = (key: string) => {
    const list = field(pickled, key);
    const whole =
      Array.isArray(list) &&
      list.length === pictures &&
      list.every(
        (label) => typeof label === "number" && Number.isInteger(label) && label >= 0 && label < 256,
      );
    if (!whole) throw wrong(name, `has no ${key} for its ${String(pictures)} pictures`);
    return Uint8Array.from(list.map(Number));
  };
  return { planes: data.data, fine: labels("fine_labels"), coarse: labels("coarse_labels") };
}
