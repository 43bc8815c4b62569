/** What is told for a practice and what is to be minded, each once and where it belongs. */

interface Told<Code extends string> {
  code: Code;
  sentence: string;
}

/** A part that fits less than this speaks for no practice, however much it counts. */
const HALF = 0.5;
/** A part that counts so much that it is also a caution speaks for the practice only from here on. */
const WELL = 0.7;

/** Of what the hub names as the most of the score, and as the most that lacks: a budget far too small is no reason. */
export function sorted<Code extends string>(match: {
  reasons: readonly Told<Code>[];
  cautions: readonly Told<Code>[];
  parts: readonly { code: Code; value: number | null }[];
}): { reasons: Told<Code>[]; cautions: Told<Code>[] } {
  const isCaution = ({ code }: Told<Code>) => match.cautions.some((one) => one.code === code);
  const fits = (told: Told<Code>) => (match.parts.find(({ code }) => code === told.code)?.value ?? 0) >= (isCaution(told) ? WELL : HALF);
  const reasons = match.reasons.filter(fits);
  const isReason = ({ code }: Told<Code>) => reasons.some((one) => one.code === code);
  const left = match.reasons.filter((told) => !isReason(told) && !isCaution(told));
  return { reasons, cautions: [...match.cautions.filter((told) => !isReason(told)), ...left] };
}
