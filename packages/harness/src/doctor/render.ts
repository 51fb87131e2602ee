import Table from "cli-table3";
import colours from "picocolors";
import type { DoctorReport, ToolReport } from "./report.ts";

interface Row {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
}

/** The report as a table for people: what was found, and for what is missing what to do. */
export function renderReport(report: DoctorReport): string {
  const table = new Table({
    head: ["", "", "found, or what to do"],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [14, 9, 86],
  });
  for (const { what, ok, found } of rows(report))
    table.push([what, ok ? colours.green("ok") : colours.yellow("missing"), found]);
  return table.toString();
}

function rows(report: DoctorReport): readonly Row[] {
  const { backend, native, cache, cards, memoryBytes, processor, tools } = report;
  return [
    { what: "Node.js", ok: true, found: report.node },
    { what: "platform", ok: true, found: report.platform },
    { what: "processor", ok: true, found: `${processor.model}, ${processor.cores} cores` },
    {
      what: "memory",
      ok: true,
      found: `${gigabytes(memoryBytes.total)}, ${gigabytes(memoryBytes.free)} free`,
    },
    tool("Python", tools.python),
    tool("pip", tools.pip),
    tool("C++ compiler", tools.compiler),
    { what: "NVIDIA card", ok: true, found: cards.length === 0 ? "none (not needed)" : cards.join(", ") },
    {
      what: "TensorFlow",
      ok: native.state === "ready",
      found:
        native.state === "ready"
          ? `${native.version}, ${native.flavour === "cuda" ? "CUDA build" : "processor build"}`
          : native.advice,
    },
    backendRow(backend),
    {
      what: "cache",
      ok: cache.writable,
      found: cache.writable
        ? `${cache.folder}, ${gigabytes(cache.freeBytes)} free`
        : `${cache.folder} cannot be written; set METABENCH_CACHE to a folder that can`,
    },
    ...(report.data.length === 0
      ? [
          {
            what: "data",
            ok: true,
            found: "no data root named (METABENCH_DATA); what needs none works, the rest is downloaded",
          },
        ]
      : report.data.map(({ root, exists, entries }) => ({
          what: "data",
          ok: exists,
          found: exists
            ? `${root}: ${entries.length === 0 ? "empty" : entries.join(", ")}`
            : `${root} is not there; correct METABENCH_DATA`,
        }))),
  ];
}

function tool(what: string, report: ToolReport): Row {
  return { what, ok: report.found, found: report.found ? report.version : report.advice };
}

function backendRow(backend: DoctorReport["backend"]): Row {
  if (backend.state === "failed") return { what: "backend", ok: false, found: backend.message };
  const { library, device, deviceName, threads, kernels, milliseconds, note } = backend;
  const found = [
    `${library} on ${device === "gpu" ? "the card" : "the processor"} (${deviceName}), ${threads} threads, started in ${milliseconds.toFixed(0)} ms`,
    kernels.length === 0 ? "stock kernels only" : `own kernels: ${kernels.join(", ")}`,
    ...(note === undefined ? [] : [`not native TensorFlow: ${note}`]),
  ];
  return { what: "backend", ok: true, found: found.join("\n") };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
