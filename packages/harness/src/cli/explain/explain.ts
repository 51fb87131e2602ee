import type { CompletedRecord } from "@metabench/core";
import type { z } from "zod";
import { cacheFolder } from "../../backend/index.ts";
import { TrialFailure } from "../../processes/index.ts";
import { settledBackend } from "../../execute/index.ts";
import { explainTrial, type ExplainOptions } from "../../explain/index.ts";
import { explanationsIn, openStore, type Explanations } from "../../store/index.ts";
import type { ExplainFlags } from "../commands/explain.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { explainSchema } from "../json/index.ts";
import { printJson } from "../json/print.ts";
import { withoutRepeats } from "../repeats.ts";
import { onInterruption } from "../run/interruption.ts";
import { choose } from "../stored-trials/choose.ts";
import { isOwnError, nameTrial } from "../../stored-trial/index.ts";
import { showSteps } from "../steps.ts";
import { surroundings } from "../surroundings.ts";
import type { Terminal } from "../terminal.ts";

type Explained = z.input<typeof explainSchema>["trials"][number];

/** Explains the trials that flags ask for, one after the other, and says what became of each. */
export async function explain(flags: ExplainFlags, terminal: Terminal): Promise<ExitCode> {
  const { existingRoots, storeFolder, registry } = await surroundings(flags);
  const roots = existingRoots();
  const readable = await openStore(storeFolder, { readOnly: true });
  const chosen = choose(await readable.list(), flags, storeFolder, true);
  const steps = showSteps("Explaining", chosen.length, terminal);
  const interruption = onInterruption(steps.terminal);
  try {
    const asked: ExplainOptions = {
      registry: await registry(),
      store: readable,
      roots,
      cacheFolder: cacheFolder(),
      onProgress: withoutRepeats((message) => steps.terminal.note(message)),
      signal: interruption.signal,
      threads: flags.threads,
      backend: flags.backend,
      timeLimitSeconds: flags.timeLimit === undefined ? null : flags.timeLimit * 60,
      memoryLimitBytes: null,
      withPictures: flags.pictures,
    };
    const options = { ...asked, backend: await settledBackend(asked) };
    const explanations = explanationsIn(storeFolder);
    const trials: Explained[] = [];
    for (const record of chosen) {
      const explained = await explainOne(record, explanations, options, flags.force === true);
      trials.push(explained);
      steps.done();
      if (!flags.json) steps.terminal.out(describe(explained));
    }
    if (flags.json)
      printJson(terminal, explainSchema, { schema: "metabench/explain/1", store: storeFolder, trials });
    return trials.some(({ status }) => status === "failed") ? exitCodes.incomplete : exitCodes.ok;
  } finally {
    steps.stop();
    interruption.release();
  }
}

async function explainOne(
  record: CompletedRecord,
  explanations: Explanations,
  options: ExplainOptions,
  force: boolean,
): Promise<Explained> {
  const { identity, provenance } = record;
  const named = nameTrial(record);
  const earlier = force ? null : await explanations.read(identity);
  if (earlier?.finishedAt === provenance.finishedAt) {
    const file = explanations.fileOf(identity);
    return { ...named, status: "done", file, saliency: earlier.saliency.state, error: null };
  }
  options.onProgress(`Explaining ${named.label} …`);
  try {
    const explanation = await explainTrial(record, options);
    const file = await explanations.write(explanation);
    return { ...named, status: "explained", file, saliency: explanation.saliency.state, error: null };
  } catch (error) {
    if (!(error instanceof TrialFailure) && !isOwnError(error)) throw error;
    const { code, message } = error;
    const status = error instanceof TrialFailure ? "failed" : "not possible";
    return { ...named, status, file: null, saliency: null, error: { code, message } };
  }
}

const words: Readonly<Record<NonNullable<Explained["saliency"]>, string>> = {
  computed: "saliency and occlusion",
  transductive: "occlusion only, since its predictions depend on other queries",
  "not-differentiable": "occlusion only, since no gradient leads to its images",
};

function describe({ label, status, saliency, file, error }: Explained): string {
  if (error) return `${label}: ${status} (${error.code})\n  ${error.message}`;
  return `${label}: ${status === "done" ? "explained before" : "explained"}, ${saliency ? words[saliency] : ""}\n  ${file ?? ""}`;
}
