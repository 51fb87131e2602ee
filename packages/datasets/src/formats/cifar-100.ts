import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { MetabenchError } from "@metabench/core";
import { cifarFromBinary } from "./cifar-binary.ts";
import type { Cifar100 } from "./cifar-content.ts";
import { cifarFromPickles } from "./cifar-pickle.ts";
import { tarEntries, type TarLimits } from "./tar.ts";

const files = {
  python: ["meta", "train", "test"],
  binary: ["fine_label_names.txt", "coarse_label_names.txt", "train.bin", "test.bin"],
} as const;
type Form = keyof typeof files;
const forms: readonly Form[] = ["python", "binary"];

// The largest file holds 50,000 pictures, their labels and names: 155 MB. The archive unpacks to 186 MB.
const limits: TarLimits = { entries: 64, entryBytes: 192 * 2 ** 20, totalBytes: 256 * 2 ** 20 };

/**
 * Reads CIFAR-100 as published: the Python or the binary archive (`.tar.gz`), or the folder that either unpacks to.
 *
 * @throws MetabenchError `data-corrupt`, naming what is damaged, missing or refused
 */
export async function readCifar100(path: string): Promise<Cifar100> {
  const found = (await stat(path)).isDirectory() ? await fromFolder(path) : await fromArchive(path);
  const form = forms.find((candidate) => files[candidate].every((file) => found.has(file)));
  if (form === undefined)
    throw new MetabenchError(
      "data-corrupt",
      `${basename(path)} holds ${[...found.keys()].join(", ") || "none of CIFAR-100's files"}; expected ${forms
        .map((candidate) => files[candidate].join(", "))
        .join(
          " or ",
        )}. Replace it with cifar-100-python.tar.gz or cifar-100-binary.tar.gz from its publisher.`,
    );
  const file = (name: string) => found.get(name) ?? new Uint8Array();
  return form === "python" ? cifarFromPickles(file) : cifarFromBinary(file);
}

const wantedName = /^(?:\.\/)?cifar-100-(?:python|binary)\/([^/]+)$/;
const wanted: readonly string[] = forms.flatMap((form) => [...files[form]]);
const fileOf = (entry: string) => wantedName.exec(entry)?.[1] ?? "";

async function fromArchive(path: string): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for await (const { name, bytes } of tarEntries(path, limits, (entry) => wanted.includes(fileOf(entry))))
    found.set(fileOf(name), bytes);
  return found;
}

async function fromFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const file of wanted) {
    const path = join(folder, file);
    const entry = await stat(path).catch(() => undefined);
    if (entry?.isFile() !== true) continue;
    if (entry.size > limits.entryBytes)
      throw new MetabenchError(
        "data-corrupt",
        `${file} has ${String(entry.size)} bytes, more than the ${String(limits.entryBytes)} allowed. Unpack the archive again.`,
      );
    found.set(file, await readFile(path));
  }
  return found;
}
