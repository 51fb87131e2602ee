import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import type { AddonSources } from "./addon.ts";
import type { NativeSource } from "./sources.ts";

/** A tiny stand-in for the wheel, with real shared libraries, a real add-on source and real checksums. */
export interface TinyWheel {
  readonly folder: string;
  /** Folder for pip's `PIP_FIND_LINKS`. */
  readonly wheels: string;
  readonly source: NativeSource;
  readonly sources: AddonSources;
}

const addonSource = `
#include <node_api.h>
extern "C" const char* tiny_version();
static napi_value Init(napi_env env, napi_value exports) {
  napi_value version;
  napi_create_string_utf8(env, tiny_version(), NAPI_AUTO_LENGTH, &version);
  napi_set_named_property(env, exports, "TF_Version", version);
  return exports;
}
NAPI_MODULE(tfjs_binding, Init)
`;

const zip = `
import sys, zipfile
target, *members = sys.argv[1:]
with zipfile.ZipFile(target, "w") as archive:
    for member in members:
        name, file = member.split("=", 1)
        archive.write(file, name)
`;

/** Builds a wheel `tiny-tensorflow` 1.0.0 as pip takes it, and the source of an add-on that is linked against it. */
export async function makeTinyWheel(): Promise<TinyWheel> {
  const folder = await mkdtemp(join(tmpdir(), "metabench-wheel-"));
  const [wheels, binding] = [join(folder, "wheels"), join(folder, "binding")];
  await Promise.all([mkdir(wheels), mkdir(binding)]);
  const written = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const library = await written("tiny.cc", 'extern "C" const char* tiny_version() { return "1.0.0"; }\n');
  const names = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
  for (const name of names)
    await execa("c++", ["-shared", "-fPIC", library, `-Wl,-soname,${name}`, "-o", join(folder, name)]);
  const header = await written("c_api.h", "// stands for TensorFlow's headers\n");
  const metadata = await written(
    "METADATA",
    "Metadata-Version: 2.1\nName: tiny-tensorflow\nVersion: 1.0.0\n",
  );
  const wheel = await written(
    "WHEEL",
    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: cp311-cp311-manylinux2014_x86_64\n",
  );
  const record = await written("RECORD", "");
  const file = join(wheels, "tiny_tensorflow-1.0.0-cp311-cp311-manylinux2014_x86_64.whl");
  const members = [
    ...names.map((name) => `tensorflow/${name}=${join(folder, name)}`),
    `tensorflow/include/tensorflow/c/c_api.h=${header}`,
    `tensorflow/unwanted.py=${header}`,
    `tiny_tensorflow-1.0.0.dist-info/METADATA=${metadata}`,
    `tiny_tensorflow-1.0.0.dist-info/WHEEL=${wheel}`,
    `tiny_tensorflow-1.0.0.dist-info/RECORD=${record}`,
  ];
  await execa("python3", ["-c", zip, file, ...members]);
  await writeFile(join(binding, "tfjs_binding.cc"), addonSource);
  const sha256 = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  return {
    folder,
    wheels,
    source: {
      flavour: "cpu",
      version: "1.0.0",
      wheels: [{ project: "tiny-tensorflow", version: "1.0.0", sha256 }],
      download: 1e4,
      space: 1e6,
    },
    sources: {
      binding,
      headers: join(
        dirname(createRequire(import.meta.url).resolve("node-api-headers/package.json")),
        "include",
      ),
    },
  };
}

/** Names in the cache's folder for native libraries: what is installed, half-made or locked. */
export async function contents(cache: string): Promise<readonly string[]> {
  return (await readdir(join(cache, "native")).catch(() => [])).sort();
}
