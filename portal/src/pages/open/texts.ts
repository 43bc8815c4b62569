/** What the public pages say. */
export const it = { home: 'Benvenuti' };
export const en: typeof it = { home: 'Welcome' };
