import type { Plugin } from "@metabench/core";
import { cifar100 } from "./cifar-100.ts";
import { doubleMnist } from "./double-mnist.ts";
import { imageFolder } from "./image-folder.ts";
import { miniImagenet } from "./mini-imagenet.ts";
import { multiMnist } from "./multi-mnist.ts";
import { omniglot } from "./omniglot.ts";
import { protocols } from "./protocols/index.ts";
import { school } from "./school.ts";
import { sinusoid } from "./sinusoid.ts";
import { suites } from "./suites/index.ts";

export { findProtocol } from "./protocols/index.ts";

/** The data sets, protocols and suites that come with metabench. */
const plugins: readonly Plugin[] = [
  doubleMnist,
  multiMnist,
  omniglot,
  sinusoid,
  school,
  cifar100,
  miniImagenet,
  imageFolder,
  ...protocols,
  ...suites,
];
export default plugins;
