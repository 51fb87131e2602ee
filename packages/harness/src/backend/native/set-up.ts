import { probeBackend } from "../probe.ts";
import { addonPath, placeAddon } from "./addon.ts";
import { cacheFolder } from "./cache-folder.ts";
import { findCards } from "./gpu-card.ts";
import { install } from "./install.ts";
import { Obstacle } from "./obstacle.ts";
import type { ObstacleReason } from "./obstacle.ts";
import { checkPlatform, thisPlatform } from "./platform.ts";
import { seconds } from "./progress.ts";
import type { Report } from "./progress.ts";
import { cpuSource, cudaSource } from "./sources.ts";
import type { NativeSource } from "./sources.ts";

/** What to set up. */
export interface SetUpOptions {
  /** `true` takes the CUDA build, `false` the processor's; left out, CUDA is taken where an NVIDIA card is found. */
  readonly gpu?: boolean | undefined;
  /** Folder for the library and the add-on; by default {@link cacheFolder}. */
  readonly cache?: string | undefined;
  /** Takes lines of progress. */
  readonly report?: Report | undefined;
}

/** How a set-up ended: native TensorFlow is ready, or it cannot be had here and why. */
export type SetUpOutcome =
  | {
      readonly status: "ready";
      readonly flavour: NativeSource["flavour"];
      /** For people: `TensorFlow 2.20.0`. */
      readonly library: string;
      readonly folder: string;
      /** Whether anything had to be built. */
      readonly built: boolean;
    }
  | {
      readonly status: "unavailable";
      readonly reason: ObstacleReason;
      /** One line that ends in what to do. */ readonly message: string;
    };

/**
 * Installs native TensorFlow for this checkout: library and add-on in the cache, the add-on in `node_modules`.
 *
 * An expected obstacle (no compiler, no network, another platform) is an outcome, not an error: the caller reports it and continues
 * with WebAssembly.
 */
export async function setUp({
  gpu,
  cache = cacheFolder(),
  report = () => undefined,
}: SetUpOptions = {}): Promise<SetUpOutcome> {
  const start = performance.now();
  const cards = gpu === false ? [] : await findCards();
  if (gpu === true && cards.length === 0)
    report("No NVIDIA card answers here; the CUDA build will compute on the processor");
  const wanted = gpu === true || (gpu === undefined && cards.length > 0) ? cudaSource : cpuSource;
  const outcome = await attempt(wanted, cache, report);
  if (outcome.status === "unavailable" && wanted === cudaSource && gpu === undefined) {
    report(`The CUDA build is not available: ${outcome.message}. Continuing with the processor's`);
    return attempt(cpuSource, cache, report);
  }
  if (outcome.status === "unavailable") return outcome;
  if (outcome.flavour === "cuda" && outcome.built) report(await deviceLine());
  report(`${outcome.library} (${outcome.flavour}) is ready: ${seconds(performance.now() - start)}`);
  return outcome;
}

/** If its libraries and the driver do not fit, the CUDA build computes on the processor; so the device is measured and reported. */
async function deviceLine(): Promise<string> {
  const probe = await probeBackend();
  if (probe.state === "failed") return `The backend does not start: ${probe.message}`;
  return probe.device === "gpu"
    ? `TensorFlow computes on the card: ${probe.deviceName}`
    : "TensorFlow found no card it can use and computes on the processor; see: nvidia-smi";
}

async function attempt(source: NativeSource, cache: string, report: Report): Promise<SetUpOutcome> {
  try {
    checkPlatform(thisPlatform());
    const { folder, addon, built } = await install(source, { cache, report });
    await placeAddon(addon, addonPath());
    return {
      status: "ready",
      flavour: source.flavour,
      library: `TensorFlow ${source.version}`,
      folder,
      built,
    };
  } catch (error) {
    if (error instanceof Obstacle)
      return { status: "unavailable", reason: error.reason, message: error.message };
    throw error;
  }
}
