import type { Machine } from "./pickle-machine.ts";
import { build, global, reduce } from "./pickled-numpy.ts";
import { textOf, type Slot } from "./pickle-values.ts";

type Operation = (machine: Machine) => void;

const highestProtocol = 5;

const put = (machine: Machine, at: number) => machine.memo.set(at, machine.top());

function get(machine: Machine, at: number): void {
  const value = machine.memo.get(at);
  if (value === undefined) throw new Error(`it refers to value ${String(at)}, which it has not stored`);
  machine.push(value);
}

function unicode(machine: Machine, length: number): void {
  machine.push(Buffer.from(machine.take(length)).toString("utf8"));
}

function tuple(machine: Machine, length: number): void {
  machine.push(Array.from({ length }, () => machine.pop()).reverse());
}

// Labels and indices; what does not fit 48 bits is neither.
function long(machine: Machine): void {
  const length = machine.byte();
  if (length > 6) throw new Error(`it holds a number of ${String(length)} bytes`);
  machine.push(length === 0 ? 0 : Buffer.from(machine.take(length)).readIntLE(0, length));
}

function append(machine: Machine, values: readonly Slot[]): void {
  const list = machine.top();
  if (!Array.isArray(list)) throw new Error("it appends to what is no list");
  for (const value of values) list.push(value);
}

function set(machine: Machine, items: readonly Slot[]): void {
  const dictionary = machine.top();
  if (!(dictionary instanceof Map) || items.length % 2 !== 0)
    throw new Error("it sets items of what is no dictionary");
  for (let i = 0; i < items.length; i += 2) {
    const [key, value] = [items[i], items[i + 1]];
    const known = typeof key === "number" ? key : textOf(key);
    if (known === undefined || value === undefined) throw new Error("a key in it is neither text nor number");
    dictionary.set(known, value);
  }
}

/** What each known opcode does. */
export const opcodes: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [
    0x80, // PROTO
    (m) => {
      const protocol = m.byte();
      if (protocol > highestProtocol) throw new Error(`its protocol is ${String(protocol)}`);
    },
  ],
  [0x95, (m) => m.unsigned64()], // FRAME: a hint for buffering
  [0x28, (m) => m.mark()], // MARK
  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4b, (m) => m.push(m.byte())], // BININT1
  [0x4d, (m) => m.push(m.unsigned16())], // BININT2
  [0x4a, (m) => m.push(m.signed32())], // BININT
  [0x8a, long], // LONG1
  [0x55, (m) => m.push(m.take(m.byte()))], // SHORT_BINSTRING
  [0x54, (m) => m.push(m.string(m.unsigned32()))], // BINSTRING
  [0x43, (m) => m.push(m.take(m.byte()))], // SHORT_BINBYTES
  [0x42, (m) => m.push(m.string(m.unsigned32()))], // BINBYTES
  [0x8e, (m) => m.push(m.string(m.unsigned64()))], // BINBYTES8
  [0x96, (m) => m.push(m.string(m.unsigned64()))], // BYTEARRAY8
  [0x8c, (m) => unicode(m, m.byte())], // SHORT_BINUNICODE
  [0x58, (m) => unicode(m, m.unsigned32())], // BINUNICODE
  [0x29, (m) => m.push([])], // EMPTY_TUPLE
  [0x85, (m) => tuple(m, 1)], // TUPLE1
  [0x86, (m) => tuple(m, 2)], // TUPLE2
  [0x87, (m) => tuple(m, 3)], // TUPLE3
  [0x74, (m) => m.push(m.popToMark())], // TUPLE
  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x61, (m) => append(m, [m.pop()])], // APPEND
  [0x65, (m) => append(m, m.popToMark())], // APPENDS
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x73, (m) => set(m, [m.pop(), m.pop()].reverse())], // SETITEM
  [0x75, (m) => set(m, m.popToMark())], // SETITEMS
  [0x71, (m) => put(m, m.byte())], // BINPUT
  [0x72, (m) => put(m, m.unsigned32())], // LONG_BINPUT
  [0x94, (m) => put(m, m.memo.size)], // MEMOIZE
  [0x68, (m) => get(m, m.byte())], // BINGET
  [0x6a, (m) => get(m, m.unsigned32())], // LONG_BINGET
  [0x63, (m) => m.push(global(m.line(), m.line()))], // GLOBAL
  [
    0x93, // STACK_GLOBAL
    (m) => {
      const [name, module] = [textOf(m.pop()), textOf(m.pop())];
      m.push(global(module ?? "", name ?? ""));
    },
  ],
  [
    0x52, // REDUCE
    (m) => {
      const [values, callee] = [m.pop(), m.pop()];
      m.push(reduce(callee, values, (bytes) => m.spend(bytes)));
    },
  ],
  [
    0x62, // BUILD
    (m) => {
      const state = m.pop();
      build(m.top(), state);
    },
  ],
]);
