import process from "node:process";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "./start.ts";

// Starts the backend named in the first argument and says what another importer of tfjs-core sees of it.
const info = await startBackend({ prefer: process.argv[2] as "auto" | "native" | "wasm" });
const gradient = tf.tidy(() =>
  Array.from(
    tf
      .grad((x) => tf.sum(tf.square(x)))(tf.tensor1d([1, 2, 3]))
      .dataSync(),
  ),
);
process.stdout.write(JSON.stringify({ info, inUse: tf.getBackend(), gradient }));
