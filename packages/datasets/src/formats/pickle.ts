import { MetabenchError } from "@metabench/core";
import { Machine } from "./pickle-machine.ts";
import { opcodes } from "./pickle-opcodes.ts";
import type { PickleSource } from "./pickle-source.ts";
import { Dtype, NumpyArray, type Slot } from "./pickle-values.ts";

/** What a pickle of images holds: tuples are lists, Python 2's `str` and Python 3's `bytes` are bytes, keys are strings or numbers. */
export type Pickled = Slot;

// CIFAR-100's training file takes 300,000 steps; each may make an object, so their number bounds the memory.
const mostSteps = 4_000_000;
const stop = 0x2e;

/**
 * Reads a Python pickle (protocols 2 to 5) of plain values and numpy arrays; large bytes are views of memory, or stay in the file.
 *
 * Python runs whatever a pickle names. This reader calls nothing: it knows the opcodes of plain data and the five names with
 * which numpy writes an array, and refuses every other opcode and name.
 *
 * Opcodes: https://github.com/python/cpython/blob/3.13/Lib/pickletools.py
 *
 * @param name - what errors call the file
 * @throws MetabenchError `data-corrupt`, saying where and why
 */
export function readPickle(source: PickleSource, name: string): Pickled {
  const machine = new Machine(source);
  try {
    for (let step = 0; step < mostSteps; step += 1) {
      const at = machine.position;
      const opcode = machine.byte();
      if (opcode === stop) return result(machine);
      const operation = opcodes.get(opcode);
      if (operation === undefined)
        throw new Error(
          `its opcode 0x${opcode.toString(16).padStart(2, "0")} at byte ${String(at)} is none that plain data needs`,
        );
      operation(machine);
    }
    throw new Error(`it takes more than ${String(mostSteps)} steps`);
  } catch (cause) {
    throw new MetabenchError(
      "data-corrupt",
      `${name} is not the expected pickle: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        "Replace the file with a fresh copy from its publisher.",
      { cause },
    );
  }
}

function result(machine: Machine): Pickled {
  const value = machine.pop();
  if (value instanceof Dtype || (value instanceof NumpyArray && value.data === undefined))
    throw new Error("it ends in an unfinished value");
  return value;
}
