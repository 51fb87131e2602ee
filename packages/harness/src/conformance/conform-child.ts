import process from "node:process";
import { MetabenchError, type AnyAlgorithm } from "@metabench/core";
import { sendMessage } from "execa";
import type { z } from "zod";
import { startBackend } from "../backend/index.ts";
import { endWithParent } from "../processes/index.ts";
import { importPlugin } from "../plugins/index.ts";
import { conformance } from "./conformance.ts";
import { orderSchema, type Order, type reportSchema } from "../wire/index.ts";

// The body of a child process: runs the checks of one plugin, one after the other, and says how each came out.
process.on("SIGINT", () => undefined);
endWithParent();

const say = (report: z.input<typeof reportSchema>) => sendMessage(report);

async function check({ module, id, setting, options, backend, checks }: Order): Promise<void> {
  const plugin = (await importPlugin(module)).find(
    (one): one is AnyAlgorithm => one.kind === "algorithm" && one.id === id && one.setting === setting,
  );
  if (!plugin)
    throw new MetabenchError("plugin-not-found", `${module} no longer holds "${id}"; run the command again.`);
  await startBackend({ prefer: backend, threads: 1 });
  for (const { name, run } of conformance(plugin, { options, backend })) {
    if (!checks.includes(name)) continue;
    await say({ type: "began", check: name });
    const began = performance.now();
    const mend = await run().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    await say({ type: "ended", check: name, mend, seconds: (performance.now() - began) / 1000 });
  }
}

try {
  await check(orderSchema.parse(JSON.parse(process.argv[2] ?? "")));
  process.exit(0);
} catch (error) {
  const code = error instanceof MetabenchError ? error.code : "trial-failed";
  const message = error instanceof Error ? error.message : String(error);
  await say({ type: "failed", code, message });
  process.exit(1);
}
