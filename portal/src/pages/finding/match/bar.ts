/** The bar of a match: one column for each part, as wide as it counts and as high as it fits. */

export interface Part<Code extends string> {
  code: Code;
  weight: number;
  /** 0 to 1; null where nobody knows. */
  value: number | null;
}

export interface Column<Code extends string> extends Part<Code> {
  x: number;
  width: number;
  /** Of the filled part; 0 where it is not known. */
  height: number;
}

/** Columns across a box, a gap apart; parts that count nothing take no room. */
export function columnsOf<Code extends string>(parts: readonly Part<Code>[], [wide, high]: readonly [number, number], gap: number): Column<Code>[] {
  const counted = parts.filter(({ weight }) => weight > 0);
  const all = counted.reduce((sum, { weight }) => sum + weight, 0);
  const room = wide - gap * Math.max(0, counted.length - 1);
  let x = 0;
  return counted.map((part) => {
    const column = { ...part, x, width: (part.weight / all) * room, height: Math.min(1, Math.max(0, part.value ?? 0)) * high };
    x += column.width + gap;
    return column;
  });
}
