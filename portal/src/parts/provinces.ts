/** The provinces of Puglia, as one chooses them. */
export const PROVINCES: readonly (readonly [code: string, name: string])[] = [
  ['BA', 'Bari'],
  ['BT', 'Barletta-Andria-Trani'],
  ['BR', 'Brindisi'],
  ['FG', 'Foggia'],
  ['LE', 'Lecce'],
  ['TA', 'Taranto'],
];
