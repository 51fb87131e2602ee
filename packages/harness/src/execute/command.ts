import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { episodesOf, type Json, type Protocol, type ProtocolPlugin, type TrialSpec } from "@metabench/core";
import { isBuiltIn, type PluginOrigin } from "../plugins/index.ts";
import type { RunPlugins } from "./prepared-trial.ts";
import { declaredId, substitutedIn } from "./substitution.ts";

/** A word as a POSIX shell reads it back. */
export const quoted = (word: string) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A value as `--set` takes it: plain text stays plain, save where it would be read as a number or the like. */
const settingOf = (value: Json) =>
  typeof value === "string" && !isJson(value) ? value : JSON.stringify(value);

/** A training option as `--training` takes it: `clip-norm=1`, `augmentation=flip,crop`. */
const trainingWord = (name: string, value: string | number | readonly string[]) =>
  `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=${String(value)}`;

/** What `--plugin` was given, save that of a bare file only its name is told: where it lies differs from machine to machine. */
function sourceOf(origin: PluginOrigin): string | null {
  if (origin.package === null) return `./${basename(fileURLToPath(origin.module))}`;
  return isBuiltIn(origin) ? null : origin.package;
}

/** What was put in the place of a protocol's own, and no more: a flag also resets the plugin's options to its defaults. */
function substitutesOf(protocol: Protocol, declared: ProtocolPlugin): readonly string[] {
  const { dataset, backbone } = substitutedIn(protocol, declared);
  const words = (flag: string, choice: Protocol["dataset"] | null) =>
    choice === null
      ? []
      : [
          ...[flag, choice.id],
          ...Object.entries(choice.options).flatMap(([name, value]) => [
            `${flag}-set`,
            `${name}=${settingOf(value)}`,
          ]),
        ];
  return [...words("--dataset", dataset), ...words("--backbone", backbone)];
}

/**
 * The command that runs a trial again.
 *
 * @param tried settings that were declared as tried
 */
export function commandOf(
  { protocol, algorithm, seed, training = {} }: TrialSpec,
  plugins: { readonly [Kind in keyof RunPlugins]: { readonly origin: PluginOrigin } } & {
    readonly protocol: { readonly plugin: ProtocolPlugin };
  },
  tried = 1,
): string {
  const sources = Object.values(plugins).flatMap(({ origin }) => sourceOf(origin) ?? []);
  const tested = episodesOf(protocol);
  const changed =
    protocol.division === "closed"
      ? []
      : [
          ...["--budget", String(protocol.budget.images)],
          ...(tested ? ["--episodes", String(tested.test)] : []),
        ];
  const words = [
    ...[
      "metabench",
      "run",
      "--protocol",
      declaredId(protocol),
      "--tier",
      protocol.tier,
      "--algorithm",
      algorithm.id,
    ],
    ...[...new Set(sources)].flatMap((source) => ["--plugin", source]),
    ...Object.entries(algorithm.options).flatMap(([name, value]) => ["--set", `${name}=${settingOf(value)}`]),
    ...Object.entries(training).flatMap(([name, value]) => ["--training", trainingWord(name, value)]),
    ...["--seeds", String(seed)],
    ...(tried > 1 ? ["--tried", String(tried)] : []),
    ...substitutesOf(protocol, plugins.protocol.plugin),
    ...changed,
  ];
  return words.map(quoted).join(" ");
}
