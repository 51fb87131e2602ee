import { mkdirSync, readFileSync, writeFileSync, copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { checkExplanation, explanationFile, unpackHeatMap } from "@metabench/core";
import { expect, it, onTestFinished } from "vitest";
import { launchBrowser } from "./browser.test-support.ts";
import { metabench, recordOf, workingFolder } from "./command-line.test-support.ts";

interface Told {
  readonly trials: readonly {
    readonly algorithm: string;
    readonly status: string;
    readonly file: string | null;
    readonly saliency: string | null;
    readonly error: { readonly code: string; readonly message: string } | null;
  }[];
}
/** Nearest support image, by pixels from which the mean of the queries is taken. */
const centred = `
import { defineAlgorithm } from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
const flat = (x) => tf.reshape(x, [x.shape[0], -1]);
export default defineAlgorithm({
  id: "centred", version: "1.0.0", title: "Centred", summary: "Nearest pixels, centred.", reference: null,
  regime: "few-shot",
  target: "class", options: z.strictObject({}),
  create: () => ({
    parameters: {}, state: {}, trainsOn: "nothing", adaptsOn: "images", adaptationSteps: 0,
    *adapt({ inputs }) {
      yield { predict: (x) => tf.matMul(flat(tf.sub(x, tf.mean(x, 0, true))), flat(inputs), false, true) };
    },
  }),
});`;

const byAlgorithm = (text: string) =>
  new Map((JSON.parse(text) as Told).trials.map((trial) => [trial.algorithm, trial]));

it("shows what trained learners look at: run, explain, publish, a page that draws it", async () => {
  const folder = workingFolder({ "centred.mjs": centred });
  const store = join(folder, "kept");
  const ran = await metabench(
    folder,
    "run --protocol few-shot/double-mnist-28/5w1s --algorithm matching-networks --algorithm chance --algorithm centred --plugin ./centred.mjs --budget 500 --episodes 3 --store kept --seeds 0",
  );
  expect(ran.code, ran.note).toBe(0);

  const first = await metabench(folder, "explain --store kept --plugin ./centred.mjs --json");
  expect(first.code, first.note).toBe(0);
  const told = byAlgorithm(first.out);
  expect(told.get("matching-networks")).toMatchObject({
    status: "explained",
    saliency: "computed",
    error: null,
  });
  expect(told.get("from-scratch")).toMatchObject({ status: "explained", saliency: "computed" });
  // Its guesses hang on the image's bytes by no path that could be differentiated.
  expect(told.get("chance")).toMatchObject({ status: "explained", saliency: "not-differentiable" });

  expect(told.get("centred")).toMatchObject({ status: "explained", saliency: "transductive" });

  const { identity } = recordOf(store, "matching-networks");
  const file = join(store, explanationFile(identity));
  expect(told.get("matching-networks")?.file).toBe(file);
  const explanation = checkExplanation(JSON.parse(readFileSync(file, "utf8")), file, identity);
  expect(explanation.tasks.map(({ name, examples }) => [name, examples.length])).toEqual([
    ["episode 1", 5],
    ["episode 2", 5],
  ]);
  for (const { examples } of explanation.tasks)
    for (const { attention, predicted, probability, saliency } of examples) {
      expect(attention?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
      // One shot: attention to the predicted class's image is its probability.
      expect(attention?.[predicted]).toBeCloseTo(probability, 3);
      expect(saliency && unpackHeatMap(saliency).some((value) => value !== 0)).toBe(true);
    }

  const again = await metabench(
    folder,
    "explain --store kept --algorithm matching-networks --algorithm centred --json",
  );
  expect(byAlgorithm(again.out).get("matching-networks")).toMatchObject({ status: "done", file });
  expect(byAlgorithm(again.out).get("centred")).toMatchObject({ status: "done", saliency: "transductive" });

  const published = await metabench(folder, "publish --store kept --out published");
  expect(published.code, published.note).toBe(0);
  const address = join(folder, "published", "site", "algorithms", "matching-networks.html");
  expect(readFileSync(address).length).toBeLessThan(300_000);
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(address).href);
  await page.getByRole("heading", { name: "What it looks at" }).waitFor();
  expect(await page.getByRole("img", { name: /^Saliency of image 1 of episode 1\. / }).count()).toBe(1);
  expect(await page.getByRole("img", { name: /^Occlusion of image 5 of episode 2\. / }).count()).toBe(1);
  expect(await page.getByRole("columnheader", { name: "Attention to class 5" }).count()).toBe(2);
  const share = explanation.tasks[0]?.examples[0]?.attention?.[0] ?? NaN;
  const row = page
    .getByRole("region", { name: /episode 1$/ })
    .locator("tbody tr")
    .first();
  expect(await row.locator(".attention").first().innerText()).toBe(`${String(Math.round(100 * share))} %`);
  await page.getByRole("link", { name: "Data as JSON" }).first().waitFor();
  const raw = readFileSync(join(folder, "published", "site", "saliency", `${identity}.json`), "utf8");
  expect(JSON.parse(raw)).toEqual(explanation);

  // What the browser draws: every picture and map decodes, and the first picture is the one that was explained.
  const scripted = await (await browser.newContext()).newPage();
  await scripted.goto(pathToFileURL(address).href);
  const sizes = await scripted.evaluate(async () =>
    Promise.all(
      [...document.querySelectorAll("svg image")].map(async (element) => {
        const picture = new Image();
        picture.src = element.getAttribute("href") ?? "";
        await picture.decode();
        return picture.width;
      }),
    ),
  );
  expect(new Set(sizes)).toEqual(new Set([explanation.kept.width, explanation.occlusion.columns]));
  const dangling = await scripted.evaluate(
    () =>
      [...document.querySelectorAll("use")].filter(
        (use) => !document.querySelector(use.getAttribute("href") ?? "none"),
      ).length,
  );
  expect(dangling).toBe(0);
  const { violations } = await new AxeBuilder({ page: scripted }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

  await scripted.goto(pathToFileURL(address.replace("matching-networks", "chance")).href);
  await scripted
    .getByText("No saliency: no gradient leads from the prediction to the image.")
    .first()
    .waitFor();

  // A damaged explanation stops the publishing with file, field and what to do.
  writeFileSync(file, JSON.stringify({ ...explanation, image: [28, 28] }));
  const refused = await metabench(folder, "publish --store kept --out again --no-site");
  expect(refused.code).toBe(2);
  expect(refused.note).toMatch(
    /error \(invalid-record\): .*\.saliency\.json is not a valid explanation of a trial: image: .*Delete the file/s,
  );

  // Without its parameters a trial cannot be explained, and that is said of this trial alone.
  const elsewhere = join(folder, "elsewhere");
  mkdirSync(elsewhere);
  copyFileSync(join(store, `${identity}.json`), join(elsewhere, `${identity}.json`));
  const missing = await metabench(folder, "explain --store elsewhere --json");
  expect(missing.code).toBe(0);
  expect(byAlgorithm(missing.out).get("matching-networks")).toMatchObject({
    status: "not possible",
    error: {
      code: "store-failed",
      message: expect.stringMatching(/keeps no parameters.*Run it again: metabench run .* --force/s),
    },
  });
  rmSync(elsewhere, { recursive: true });
  const none = await metabench(folder, "explain --store kept --algorithm maml");
  expect(none.code).toBe(2);
  expect(none.note).toMatch(/None of the 4 records .* is of algorithm "maml"/s);
});
