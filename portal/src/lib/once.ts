/** Keys that make a repeated action harmless: the hub does a thing once for each key. */

/** A new key, also where the page is not served over HTTPS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The key of an input: the same one for the same input, a new one as soon as something else is to be done. */
export function keyOfInput(): (input: unknown) => string {
  let last = '';
  let key = '';
  return (input) => {
    const text = JSON.stringify(input);
    if (text !== last) [last, key] = [text, newKey()];
    return key;
  };
}
