/** Under which name the typed text of a practice is kept in this browser. */
export const draftKey = (practice: string): string => `practice.${practice}`;
