import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { MetabenchError } from "@metabench/core";
import { isFreedTensor, whatIsFreed } from "./freed-tensor.ts";
import { packageFolder } from "./types/entry-points.ts";

/** One line of a stack. */
interface Frame {
  /** The function; empty at the top level of a module, and for a function without a name. */
  readonly name: string;
  /** File URL, or what Node calls its own: `node:fs`. */
  readonly url: string;
  /** `:line:column` */
  readonly position: string;
}

/** Frames that V8 keeps of a stack: TensorFlow.js alone may lie ten deep above a plugin's own. */
const depth = 60;

/** Folders of plugin packages under `node_modules`, as URLs. */
const installed = new Set<string>();

/** Notes that a module is a plugin's, and lets stacks reach down to it from here on. */
export function rememberPlugin(module: string): void {
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, depth);
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(module) ?? [];
  if (folder !== undefined) installed.add(folder);
}

const packages = ["core", "algorithms", "datasets", "harness"].map((name) => `@metabench/${name}`);
let found: ReadonlyMap<string, string> | undefined;

/** The package of the suite that a file is of, and its path in there. */
function inSuite(url: string): { readonly name: string; readonly path: string } | undefined {
  found ??= new Map(
    packages.flatMap((name) => {
      const folder = packageFolder(name);
      return folder === undefined ? [] : [[name, `${pathToFileURL(folder).href}/`] as const];
    }),
  );
  for (const [name, folder] of found)
    if (url.startsWith(folder)) return { name, path: url.slice(folder.length) };
  return undefined;
}

/** Is it code that someone brought? The suite and what is installed for it or for the plugin are not. */
function isStrangers({ url }: Frame): boolean {
  if (!url.startsWith("file:") || inSuite(url)) return false;
  const [, ...below] = [...installed].find((folder) => url.startsWith(folder))?.split("/node_modules/") ?? [];
  return url.split("/node_modules/").length - 1 === below.length;
}

/** Is it a plugin that comes with the suite? The building blocks in its package are not. */
function isBuiltIn({ url }: Frame): boolean {
  const own = inSuite(url);
  return own !== undefined && /algorithms|datasets/.test(own.name) && !own.path.includes("/nn/");
}

function framesOf({ stack = "", message }: Error): readonly Frame[] {
  const below = stack.slice(Math.max(0, stack.indexOf(message)) + message.length);
  return below.split("\n").flatMap((line) => {
    const [, name = "", place, position = ""] =
      /^\s+at (?:async )?(?:(.*?) \()?((?:file:|node:|[\\/]|[A-Za-z]:[\\/])[^()]*?)((?::\d+){1,2})\)?$/.exec(
        line,
      ) ?? [];
    if (place === undefined) return [];
    const url = /^(?:file|node):/.test(place) ? place.replace(/[?#].*$/, "") : pathToFileURL(place).href;
    return [{ name, url, position }];
  });
}

/** `@tensorflow/tfjs-core/dist/ops/add.js:12:3` of what is installed, the whole path of what is not. */
function placeOf({ url, position }: Frame): string {
  const own = inSuite(url);
  if (own) return `${own.name}/${own.path}${position}`;
  if (!url.startsWith("file:")) return url + position;
  return fileURLToPath(url).replace(/^.*[/\\]node_modules[/\\]/, "") + position;
}

function blamed(error: unknown): { readonly thrown: Frame; readonly plugin: Frame | undefined } | undefined {
  const frames = error instanceof Error ? framesOf(error) : [];
  const [thrown] = frames;
  return thrown && { thrown, plugin: frames.find(isStrangers) ?? frames.find(isBuiltIn) };
}

/** File, line and column of the topmost frame inside the plugin; undefined where the error did not pass through it. */
export function placeInPlugin(error: unknown): string | undefined {
  const plugin = blamed(error)?.plugin;
  return plugin && fileURLToPath(plugin.url) + plugin.position;
}

/** Did the error pass through code that someone brought? */
export const isPluginsOwn = (error: unknown): boolean =>
  error instanceof Error && framesOf(error).some(isStrangers);

/** Codes under which the suite itself says what a plugin did wrong: the place that noticed is of no use. */
const verdicts: ReadonlySet<string> = new Set(["contract-broken", "not-finite"]);

/**
 * What a plugin threw, in one line: name, message, the topmost frame inside the plugin, and where it was thrown if that was deeper down.
 *
 * METABENCH_DEBUG also prints the whole stack to standard error.
 */
export function describeThrown(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof MetabenchError && verdicts.has(error.code)) return error.message;
  if ((process.env["METABENCH_DEBUG"] ?? "") !== "") console.error(error.stack);
  const said = error instanceof MetabenchError ? error.message : `${error.name}: ${error.message}`;
  const { thrown, plugin } = blamed(error) ?? {};
  if (!thrown || (error instanceof MetabenchError && !plugin)) return said;
  const own = plugin && `at ${plugin.name === "" ? "" : `${plugin.name}, `}${placeInPlugin(error) ?? ""}`;
  const deeper = thrown === plugin ? undefined : `thrown in ${placeOf(thrown)}`;
  const hint = isFreedTensor(error.message) ? ` A tensor that was freed is used. ${whatIsFreed}` : "";
  return `${said.replace(/\.$/, "")} (${[own, deeper].filter((part) => part !== undefined).join("; ")}).${hint}`;
}
