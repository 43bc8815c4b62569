/** Reading a list that somebody chose, as text. */

/** The most bytes that the hub takes with the question around them, with some room. */
export const LARGEST = 900_000;

export type Read = { text: string } | { wrong: 'large' | 'encoding' | 'empty' };

/** The text of a file in UTF-8, or why it cannot be sent. */
export async function read(file: Blob): Promise<Read> {
  if (file.size > LARGEST) return { wrong: 'large' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return text.trim() ? { text } : { wrong: 'empty' };
  } catch {
    return { wrong: 'encoding' };
  }
}
