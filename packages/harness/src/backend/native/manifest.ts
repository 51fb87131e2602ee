import { open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** Written last into an installation: each file that matters with its size, so that a torn one is noticed. */
const manifestSchema = z.strictObject({ key: z.string(), files: z.record(z.string(), z.int().positive()) });

const name = "installed.json";

const files = [
  "tensorflow/libtensorflow_cc.so.2",
  "tensorflow/libtensorflow_framework.so.2",
  "tfjs_binding.node",
] as const;

/** Seals an installation; what is written here reaches the disk before this returns. */
export async function writeManifest(folder: string, key: string): Promise<void> {
  const sizes = await Promise.all(
    files.map(async (file) => [file, (await stat(join(folder, file))).size] as const),
  );
  const handle = await open(join(folder, name), "w");
  try {
    await handle.writeFile(JSON.stringify({ key, files: Object.fromEntries(sizes) }));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether `folder` holds the installation `key` and every file has the size it had when it was sealed. */
export async function isWhole(folder: string, key: string): Promise<boolean> {
  const text = await readFile(join(folder, name), "utf8").catch(() => "null");
  const manifest = manifestSchema.safeParse(parse(text));
  if (!manifest.success || manifest.data.key !== key) return false;
  const sizes = await Promise.all(files.map(async (file) => sizeOf(join(folder, file))));
  return files.every((file, index) => manifest.data.files[file] === sizes[index]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}
