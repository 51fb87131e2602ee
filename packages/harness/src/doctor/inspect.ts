import { constants } from "node:fs";
import { access, readdir, statfs } from "node:fs/promises";
import { availableParallelism, freemem, totalmem } from "node:os";
import { delimiter, resolve } from "node:path";
import process from "node:process";
import { cacheFolder, probeBackend, processorName } from "../backend/index.ts";
import {
  findCards,
  findCompiler,
  findPip,
  findPython,
  howToInstall,
  nativeState,
  thisPlatform,
  type Tool,
} from "../backend/native/index.ts";
import type { DoctorReport, ToolReport } from "./report.ts";
import { makeFolder } from "../store/index.ts";

/** Further places to look, beside the environment. */
export interface InspectOptions {
  /** Folders with data; by default those in `METABENCH_DATA`, separated as in `PATH`. */
  readonly dataRoots?: readonly string[] | undefined;
}

/** Finds out what works on this machine: tools, native TensorFlow, the backend that truly starts, cache and data. */
export async function inspect({
  dataRoots = rootsFromEnvironment(),
}: InspectOptions = {}): Promise<DoctorReport> {
  const { os, architecture, glibc } = thisPlatform();
  const [tools, cards, native, backend, cache, data] = await Promise.all([
    findTools(),
    findCards(),
    nativeState(),
    probeBackend(),
    inspectCache(),
    Promise.all(dataRoots.map(inspectRoot)),
  ]);
  return {
    schema: "metabench/doctor/1",
    node: process.versions.node,
    platform: `${os}-${architecture}${glibc === undefined ? "" : `, glibc ${glibc}`}`,
    processor: { model: processorName(), cores: availableParallelism() },
    memoryBytes: { total: totalmem(), free: freemem() },
    tools,
    cards,
    native,
    backend,
    cache,
    data,
  };
}

function rootsFromEnvironment(): readonly string[] {
  return (process.env["METABENCH_DATA"] ?? "").split(delimiter).filter((root) => root !== "");
}

async function findTools(): Promise<DoctorReport["tools"]> {
  const [python, compiler] = await Promise.all([findPython(), findCompiler()]);
  const pip = python === undefined ? undefined : await findPip(python);
  const tool = (found: Tool | undefined, advice: string): ToolReport =>
    found === undefined ? { found: false, advice } : { found: true, version: found.version };
  return {
    python: tool(python, howToInstall.python),
    pip: tool(pip, howToInstall.pip),
    compiler: tool(compiler, howToInstall.compiler),
  };
}

async function inspectCache(): Promise<DoctorReport["cache"]> {
  const folder = cacheFolder();
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return { folder, writable: true, freeBytes: bavail * bsize };
  } catch {
    return { folder, writable: false, freeBytes: 0 };
  }
}

async function inspectRoot(given: string): Promise<DoctorReport["data"][number]> {
  const root = resolve(given);
  const entries = await readdir(root).catch(() => undefined);
  return {
    root,
    exists: entries !== undefined,
    entries: entries?.filter((name) => !name.startsWith(".")).sort() ?? [],
  };
}
