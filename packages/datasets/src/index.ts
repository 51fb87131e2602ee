import type { DatasetPlugin } from "@metabench/core";
import { cifar100 } from "./cifar-100.ts";
import { doubleMnist } from "./double-mnist.ts";
import { imageFolder } from "./image-folder.ts";
import { miniImagenet } from "./mini-imagenet.ts";
import { multiMnist } from "./multi-mnist.ts";
import { omniglot } from "./omniglot.ts";
import { school } from "./school.ts";
import { sinusoid } from "./sinusoid.ts";

/** The data sets that come with the suite. */
const datasets: readonly DatasetPlugin[] = [
  doubleMnist,
  multiMnist,
  omniglot,
  sinusoid,
  school,
  cifar100,
  miniImagenet,
  imageFolder,
];
export default datasets;
