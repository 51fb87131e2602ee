import { readFile } from "node:fs/promises";
import { addonPath } from "./addon.ts";
import { cacheFolder } from "./cache-folder.ts";
import { installedAddon } from "./install.ts";
import { cpuSource, cudaSource } from "./sources.ts";
import type { NativeSource } from "./sources.ts";

/** Whether native TensorFlow is set up for this checkout. */
export type NativeState =
  | { readonly state: "ready"; readonly flavour: NativeSource["flavour"]; readonly version: string }
  /** An add-on is in place that is not the cache's: made by hand, or the cache was moved or cleared. */
  | { readonly state: "foreign"; readonly advice: string }
  | { readonly state: "missing"; readonly advice: string };

/** Looks, without loading anything, which build of TensorFlow this checkout is set up with. */
export async function nativeState(cache: string = cacheFolder()): Promise<NativeState> {
  const placed = await readFile(addonPath()).catch(() => undefined);
  if (placed === undefined) return { state: "missing", advice: "run: metabench setup" };
  for (const source of [cpuSource, cudaSource]) {
    const addon = await installedAddon(source, cache);
    if (addon !== undefined && placed.equals(await readFile(addon)))
      return { state: "ready", flavour: source.flavour, version: source.version };
  }
  return {
    state: "foreign",
    advice: "the add-on in place is not the one in the cache; run: metabench setup",
  };
}
