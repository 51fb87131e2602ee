import {
  axesOf,
  didYouMean,
  MetabenchError,
  type AlgorithmPlugin,
  type JsonObject,
  type Protocol,
  type SuitePlugin,
  type Tier,
  type TrainingOptions,
} from "@metabench/core";
import {
  withSubstitutes,
  type Again,
  type AlgorithmChoice,
  type RunRequest,
  type Substitutes,
} from "../../execute/index.ts";
import { whyUnfit, type PluginRegistry } from "../../plugins/index.ts";
import { withBudgets, type Budgets } from "./budgets.ts";
import { inDivisionOf, trainingOn, withTraining } from "./training.ts";

/** What of the suite is to be run. */
export interface Selection {
  readonly suite: string | undefined;
  readonly protocols: readonly string[];
  readonly algorithms: readonly string[];
  readonly tier: Tier | undefined;
  readonly seeds: readonly number[] | null;
  /** A published setting of the algorithms named, by its name. */
  readonly preset: string | undefined;
  /** Options for the algorithms named; they come before those of the preset. */
  readonly options: JsonObject;
  /** Training options for every method; controls ignore them. */
  readonly training: TrainingOptions;
  /** Names of those of them that the configuration wishes for every run and the command did not name. */
  readonly standing: ReadonlySet<string>;
  /** Another data set or backbone for every protocol. */
  readonly substitutes: Substitutes;
  readonly budgets: Budgets;
  readonly again: Again;
}

/**
 * The entries that flags select.
 *
 * A suite names protocols and algorithms; `protocols` narrows them, `algorithms` narrows them and adds what the suite does not
 * hold. Without a suite, protocols go with the algorithms named, or with all there are for their setting. Of an algorithm's options, those
 * set by flags come before those of a preset, and these before the suite's.
 *
 * @throws MetabenchError `invalid-usage`, `invalid-protocol`, `plugin-not-found` or `invalid-options`
 */
export function select(selection: Selection, registry: PluginRegistry): RunRequest {
  const { algorithms, options, preset, protocols } = selection;
  const setting = preset === undefined ? Object.keys(options).length > 0 && "--set" : "--preset";
  if (setting && algorithms.length === 0)
    throw new MetabenchError(
      "invalid-usage",
      `${setting} sets options of a named algorithm. Name it with --algorithm.`,
    );
  const suite =
    selection.suite === undefined && protocols.length > 0
      ? undefined
      : registry.find.suite(selection.suite ?? "quick").plugin;
  const tier = selection.tier ?? suite?.tier ?? "quick";
  const used = new Set<string>();
  const ids = protocolIds(suite, protocols);
  const entries = ids.map((id) => {
    const own = withSubstitutes(registry.find.protocol(id).plugin.at(tier), selection.substitutes, registry);
    const training = trainingOn(own, selection.training, selection.standing);
    const protocol = inDivisionOf(training, withBudgets(own, selection.budgets));
    const choices = choose(protocol, suite, algorithms, registry);
    for (const choice of choices) used.add(choice.id);
    const algorithmsHere = choices.map((choice) => merged(choice, protocol, selection, registry));
    return { protocol, algorithms: algorithmsHere, training };
  });
  const named = Object.keys(selection.training).some((name) => !selection.standing.has(name));
  const trained = withTraining(entries, named, registry);
  refuseUnused(
    algorithms.filter((id) => !used.has(id)),
    entries.map(({ protocol }) => protocol),
    registry,
  );
  const idle = trained.find(
    (entry, at) => entry.algorithms.length === 0 && protocols.includes(ids[at] ?? ""),
  );
  if (idle) throw nobodyFor(idle.protocol, algorithms);
  return {
    entries: trained.filter((entry) => entry.algorithms.length > 0),
    seeds: selection.seeds,
    again: selection.again,
  };
}

function protocolIds(suite: SuitePlugin | undefined, named: readonly string[]): readonly string[] {
  if (!suite) return [...new Set(named)];
  const own = suite.entries.map((entry) => entry.protocol);
  const foreign = named.find((id) => !own.includes(id));
  if (foreign !== undefined)
    throw new MetabenchError(
      "invalid-usage",
      `Suite ${suite.id} has no protocol "${foreign}", only ${own.join(", ")}.${didYouMean(foreign, own)} Leave --suite out to run it.`,
    );
  return named.length === 0 ? own : own.filter((id) => named.includes(id));
}

function choose(
  protocol: Protocol,
  suite: SuitePlugin | undefined,
  named: readonly string[],
  registry: PluginRegistry,
): readonly AlgorithmChoice[] {
  const axes = axesOf(
    protocol.kind,
    registry.datasets.find(({ plugin }) => plugin.id === protocol.dataset.id)?.plugin,
  );
  const here = registry.algorithms
    .filter(({ plugin }) => plugin.setting === protocol.kind && whyUnfit(plugin, axes) === null)
    .map(({ plugin }) => plugin.id);
  const ofSuite =
    suite?.entries.find((entry) => entry.protocol === (protocol.basedOn ?? protocol.id))?.algorithms ?? [];
  if (named.length === 0) return suite ? ofSuite : here.map(plain);
  return [...new Set(named)]
    .filter((id) => here.includes(id))
    .flatMap((id) => {
      const own = ofSuite.filter((choice) => choice.id === id);
      return own.length > 0 ? own : [plain(id)];
    });
}

/** A protocol that was named and would be left out without a word. */
const nobodyFor = ({ id, kind }: Protocol, algorithms: readonly string[]) =>
  new MetabenchError(
    "invalid-usage",
    `None of the named algorithms (${algorithms.join(", ")}) runs on ${id} (${kind}). Name one that does (metabench list algorithms), or leave the protocol out.`,
  );

const plain = (id: string): AlgorithmChoice => ({ id, options: {} });

function merged(
  { id, options: ofSuite }: AlgorithmChoice,
  { kind }: Protocol,
  { preset, options }: Pick<Selection, "preset" | "options">,
  registry: PluginRegistry,
): AlgorithmChoice {
  const { plugin } = registry.find.algorithm(kind, id);
  const all = { ...ofSuite, ...(preset !== undefined && presetOf(plugin, preset)), ...options };
  plugin.parseOptions(all);
  return { id, options: all };
}

function presetOf({ id, setting, presets }: AlgorithmPlugin, name: string): JsonObject {
  const found = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (found) return found;
  const names = Object.keys(presets);
  throw new MetabenchError(
    "invalid-usage",
    names.length === 0
      ? `Algorithm ${id} (${setting}) has no presets. Leave --preset out, or name other algorithms or protocols.`
      : `Algorithm ${id} (${setting}) has no preset "${name}", only ${names.join(", ")}.${didYouMean(name, names)} Choose one of these.`,
  );
}

/** An algorithm that is for none of the protocols was a slip: the registry says which one was meant. */
function refuseUnused(
  ids: readonly string[],
  protocols: readonly Protocol[],
  registry: PluginRegistry,
): void {
  for (const id of ids)
    for (const kind of new Set(protocols.map((protocol) => protocol.kind))) registry.find.algorithm(kind, id);
}
