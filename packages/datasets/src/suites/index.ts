import { defineSuite, type SuitePlugin } from "@metabench/core";
import {
  everyFewShot,
  everyFewShotAt20Ways,
  everyFewShotAt5Shots,
  everyRegression,
  fewShot,
  multiTask,
  regression,
} from "./choices.ts";

/** The suites that come with metabench. */
export const suites: readonly SuitePlugin[] = [
  defineSuite({
    id: "quick",
    tier: "quick",
    title: "Few-shot, regression and multi-task learning on embedded data, in minutes",
    entries: [
      { protocol: "few-shot/double-mnist-28/5w1s", algorithms: fewShot },
      { protocol: "few-shot/sinusoid/10-shot", algorithms: regression },
      { protocol: "multi-task/multi-mnist", algorithms: multiTask },
    ],
  }),
  defineSuite({
    id: "standard",
    tier: "standard",
    title: "The same methods on Omniglot, sinusoids and MultiMNIST, three seeds each, in hours",
    entries: [
      { protocol: "few-shot/omniglot-vinyals/5w1s", algorithms: fewShot },
      { protocol: "few-shot/sinusoid/10-shot", algorithms: regression },
      { protocol: "multi-task/multi-mnist", algorithms: multiTask },
    ],
  }),
  defineSuite({
    id: "few-shot-quick",
    tier: "quick",
    title: "Every few-shot learner and control, on embedded data, Omniglot and sinusoids, in minutes each",
    entries: [
      { protocol: "few-shot/double-mnist-28/5w1s", algorithms: everyFewShot },
      { protocol: "few-shot/omniglot-vinyals/5w1s", algorithms: everyFewShot },
      { protocol: "few-shot/sinusoid/10-shot", algorithms: everyRegression },
    ],
  }),
  defineSuite({
    id: "few-shot-standard",
    tier: "standard",
    title:
      "Every few-shot learner and control on Omniglot, CIFAR-FS and sinusoids, three seeds each, in days",
    entries: [
      { protocol: "few-shot/omniglot-vinyals/5w1s", algorithms: everyFewShot },
      { protocol: "few-shot/omniglot-vinyals/20w1s", algorithms: everyFewShotAt20Ways },
      { protocol: "few-shot/cifar-fs/5w1s", algorithms: everyFewShot },
      { protocol: "few-shot/cifar-fs/5w5s", algorithms: everyFewShotAt5Shots },
      { protocol: "few-shot/sinusoid/10-shot", algorithms: everyRegression },
    ],
  }),
];
