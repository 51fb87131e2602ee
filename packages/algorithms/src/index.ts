import type { AnyAlgorithm, BackbonePlugin } from "@metabench/core";
import conv4 from "./backbones/conv4.ts";
import lenet from "./backbones/lenet.ts";
import multilayerPerceptron from "./backbones/multilayer-perceptron.ts";
import resnet12 from "./backbones/resnet-12.ts";
import baselinePlusPlus from "./few-shot/baseline-plus-plus.ts";
import anil from "./few-shot/anil.ts";
import baseline from "./few-shot/baseline.ts";
import boil from "./few-shot/boil.ts";
import chance from "./few-shot/chance.ts";
import fromScratch from "./few-shot/from-scratch.ts";
import matchingNetworks from "./few-shot/matching-networks.ts";
import maml from "./few-shot/maml.ts";
import mamlPlusPlus from "./few-shot/maml-plus-plus.ts";
import metaSgd from "./few-shot/meta-sgd.ts";
import pixelCentroids from "./few-shot/pixel-centroids.ts";
import protoMaml from "./few-shot/proto-maml.ts";
import prototypicalNetworks from "./few-shot/prototypical-networks.ts";
import r2d2 from "./few-shot/r2d2.ts";
import randomFeatures from "./few-shot/random-features.ts";
import relationNetworks from "./few-shot/relation-networks.ts";
import reptile from "./few-shot/reptile.ts";
import simpleShot from "./few-shot/simple-shot.ts";
import umtl from "./few-shot/umtl.ts";
import { multiTaskAlgorithms } from "./multi-task/index.ts";
import * as regression from "./regression/index.ts";

/** The algorithms and backbones that come with the suite. */
const plugins: readonly (AnyAlgorithm | BackbonePlugin)[] = [
  prototypicalNetworks,
  maml,
  baseline,
  baselinePlusPlus,
  simpleShot,
  matchingNetworks,
  relationNetworks,
  r2d2,
  umtl,
  chance,
  pixelCentroids,
  randomFeatures,
  fromScratch,
  anil,
  boil,
  metaSgd,
  mamlPlusPlus,
  protoMaml,
  reptile,
  ...Object.values(regression),
  ...multiTaskAlgorithms,
  conv4,
  lenet,
  multilayerPerceptron,
  resnet12,
];
export default plugins;
