// What Linux knows of processes: processor time, memory, children.
import { readFileSync, readdirSync } from "node:fs";

const TICK_MICROS = 10_000; // USER_HZ is 100 on every Linux that Node runs on

function stat(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name is in brackets and may hold anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const at = (number) => Number(fields[number - 3]);
  return { parent: at(4), own: (at(14) + at(15)) * TICK_MICROS, children: (at(16) + at(17)) * TICK_MICROS };
}

const orGone = (read, otherwise) => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

/** Processor time of a process so far, in microseconds. */
export const processor = (pid) => orGone(() => stat(pid).own, 0);

/** Processor time of a process, its children now, and those that ended. */
export function processorOfFamily(pid) {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const children = pids.map((child) => orGone(() => stat(child), { parent: 0 })).filter((s) => s.parent === pid);
  const { own, children: ended } = stat(pid);
  return own + ended + children.reduce((total, child) => total + child.own, 0);
}

/** Memory that a process holds now, in bytes. */
export function memory(pid) {
  const status = orGone(() => readFileSync(`/proc/${pid}/status`, "utf8"), "");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
