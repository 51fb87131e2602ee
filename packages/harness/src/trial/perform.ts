import process from "node:process";
import { MetabenchError, streamPath, type ParameterSet } from "@metabench/core";
import { startBackend, type BackendInfo } from "../backend/index.ts";
import { describeThrown } from "../plugins/index.ts";
import { openConduct } from "./open-conduct.ts";
import type { ChildMessage, Exchange, StartMessage, TestMessage } from "../wire/index.ts";
import { profile } from "./profile.ts";
import { answerTests } from "./answer-tests.ts";
import { restoreParameters } from "./stored-parameters.ts";
import { train, type TrainingLength } from "./train.ts";
import { checkVariables, trackedRandom } from "../learner/index.ts";

/** Numbers in a set of variables. */
const scalars = (variables: ParameterSet["parameters"]): number =>
  Object.values(variables).reduce((sum, variable) => sum + variable.size, 0);

function failure(error: unknown): ChildMessage {
  const code = error instanceof MetabenchError ? error.code : "trial-failed";
  const message = describeThrown(error);
  const invalid = code === "not-finite" || code === "contract-broken";
  return { type: "failed", status: invalid ? "invalid" : "failed", code, message };
}

const trainingLength = ({ spec: { protocol, training } }: StartMessage): TrainingLength => ({
  budget: protocol.budget,
  ...(training?.earlyStopping !== undefined && { earlyStopping: training.earlyStopping }),
});

/** No algorithm in it: what two methods fork by the same name, such as the body's first weights, is the same for both. */
const learnerStream = ({ spec }: StartMessage) =>
  `${streamPath(spec.protocol, "train", "learner")}/${String(spec.seed)}`;

/** All of a backend that moves rounding, and so where training leads. */
const describeBackend = ({ library, device, deviceName, threads, kernels }: BackendInfo) =>
  [library, device, deviceName, `threads ${String(threads)}`, `kernels ${kernels.join(" ")}`].join(", ");

async function nextTest({ next }: Exchange): Promise<TestMessage> {
  const message = await next();
  if (message.type !== "test") throw new Error(`A test was due, the parent sent "${message.type}".`);
  return message;
}

async function learnAndAnswer(line: Exchange, start: StartMessage, backend: BackendInfo): Promise<void> {
  const random = trackedRandom(learnerStream(start));
  const conduct = await openConduct(start, random.random);
  random.seal();
  checkVariables(conduct.learner);
  const { trainingSeconds, ...trained } = await train(conduct.learning, trainingLength(start), {
    workFolder: start.workFolder,
    backend: describeBackend(backend),
    random,
    report: (fraction, note) => line.send({ type: "progress", phase: "training", fraction, note }),
  });
  conduct.learning.release();
  const { parameters, state } = conduct.learner;
  await line.send({
    type: "trained",
    training: conduct.learning.training,
    ...trained,
    trainingSeconds,
    scalars: { parameters: scalars(parameters), state: scalars(state) },
  });
  const test = await nextTest(line);
  const began = performance.now();
  const transductive = await conduct.answer(test, (answers) => line.send(answers));
  await line.send({
    type: "tested",
    seconds: (performance.now() - began) / 1000,
    transductive,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  });
}

async function timeStored(line: Exchange, start: StartMessage): Promise<void> {
  const random = trackedRandom(learnerStream(start));
  const conduct = await openConduct(start, random.random);
  random.seal(); // Keeping count of forks would be part of what is timed.
  await restoreParameters(
    conduct.learner,
    start.workFolder,
    `Delete the folder ${start.workFolder}, then repeat the command: the trial starts again.`,
  );
  const test = await nextTest(line);
  await line.send({ type: "progress", phase: "timing", fraction: 0, note: "" });
  await line.send({ type: "timed", ...conduct.time(test) });
}

async function profileFirstUpdates(line: Exchange, start: StartMessage): Promise<void> {
  const random = trackedRandom(learnerStream(start));
  const conduct = await openConduct(start, random.random);
  random.seal();
  const test = await nextTest(line);
  await line.send({
    type: "profiled",
    phases: [...(await profile(conduct, start.spec.protocol.budget, test))],
  });
}

async function explainStored(line: Exchange, start: StartMessage): Promise<void> {
  const random = trackedRandom(learnerStream(start));
  const conduct = await openConduct(start, random.random);
  random.seal();
  await restoreParameters(conduct.learner, start.workFolder);
  const message = await line.next();
  if (message.type !== "explain")
    throw new Error(`Images to explain were due, the parent sent "${message.type}".`);
  await line.send(conduct.explain(message));
}

async function retestStored(line: Exchange, start: StartMessage): Promise<void> {
  const random = trackedRandom(learnerStream(start));
  const conduct = await openConduct(start, random.random);
  random.seal();
  await restoreParameters(conduct.learner, start.workFolder);
  await answerTests(line, conduct);
}

const work = {
  learn: learnAndAnswer,
  time: timeStored,
  profile: profileFirstUpdates,
  explain: explainStored,
  retest: retestStored,
} as const;

/** Runs a trial's process, from the first message to the last. Reports every error to the parent. */
export async function perform(line: Exchange): Promise<void> {
  try {
    const start = await line.next();
    if (start.type !== "start") throw new Error(`A start was due, the parent sent "${start.type}".`);
    const backend = await startBackend({ prefer: start.backend, threads: start.threads });
    await line.send({ type: "started", backend });
    await work[start.purpose](line, start, backend);
    process.exit(0);
  } catch (error) {
    await line.send(failure(error));
    process.exit(1);
  }
}
