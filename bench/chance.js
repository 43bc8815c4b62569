// Chance that is the same in every run, and identifiers and texts made of it.

/** Numbers from a seed: `next()` is in [0, 1). (mulberry32) */
export class Chance {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 to `bound` - 1. */
  below(bound) {
    return Math.floor(this.next() * bound);
  }

  /** One of `items`. */
  of(items) {
    return items[this.below(items.length)];
  }

  /** `count` different ones of `items`, or all where there are fewer. */
  some(items, count) {
    const chosen = new Set();
    const most = Math.min(count, items.length);
    while (chosen.size < most) chosen.add(this.of(items));
    return [...chosen];
  }
}

/** A UUID of version 7 in 32 hex digits: `time` in milliseconds, `kind` up to 4095, `number` of its kind. */
export function uuid(time, kind, number) {
  const hex = (value, digits) => value.toString(16).padStart(digits, "0");
  return `${hex(time, 12)}7${hex(kind, 3)}8000${hex(number, 12)}`;
}

const WORDS = (
  "accoglienza anziani ascolto assistenza associazione autonomia bambini bisogno casa centro città coesione comunità " +
  "cooperativa cura diritti domicilio donne educazione équipe famiglia fragilità giovani gruppo inclusione incontro " +
  "laboratorio lavoro minori operatori parrocchia partecipazione persone piano presa progetto quartiere rete " +
  "risultati scuola servizio sociale sostegno spazio sportello territorio tutela volontari"
).split(" ");
const LINKS = "con per e nel della del dei verso tra senza presso".split(" ");

/** Words in a row, the first with a capital: no language's sentence, but of the length and letters of one. */
export function sentence(chance, words) {
  const chosen = Array.from({ length: words }, (_, at) => chance.of(at % 3 === 2 ? LINKS : WORDS));
  return chosen.join(" ").replace(/^./, (first) => first.toUpperCase());
}

/** Several sentences. */
export function paragraph(chance, sentences) {
  return Array.from({ length: sentences }, () => `${sentence(chance, 8 + chance.below(10))}.`).join(" ");
}
