import type { DatasetPlugin } from "@metabench/core";
import { doubleMnist } from "./double-mnist.ts";
import { multiMnist } from "./multi-mnist.ts";
import { omniglot } from "./omniglot.ts";
import { sinusoid } from "./sinusoid.ts";

/** The data sets that come with the suite. */
const datasets: readonly DatasetPlugin[] = [doubleMnist, multiMnist, omniglot, sinusoid];
export default datasets;
