import process from "node:process";
import type { Conduct } from "./conduct.ts";
import type { Exchange } from "../wire/index.ts";

/**
 * Answers one test after the other, at the headline's adaptation step, until there are no more. Before the first it says that it is
 * ready, so that what fails later is known to be a test's doing.
 */
export async function answerTests(line: Exchange, conduct: Conduct): Promise<void> {
  await line.send({ type: "progress", phase: "testing", fraction: 0, note: "" });
  for (let message = await line.next(); message.type !== "end"; message = await line.next()) {
    if (message.type !== "test") throw new Error(`A test was due, the parent sent "${message.type}".`);
    const began = performance.now();
    const transductive = await conduct.answer(message, (answers) => line.send(answers), "headline");
    await line.send({
      type: "tested",
      seconds: (performance.now() - began) / 1000,
      transductive,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    });
  }
}
