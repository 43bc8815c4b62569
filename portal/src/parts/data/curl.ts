/** A question of the portal as others can ask it: the text, indented, and a line for the shell. */

/** The text with its braces told apart by spaces. */
export function indented(text: string): string {
  let depth = 0;
  return text
    .split('\n')
    .map((line) => {
      const bare = line.trim();
      // What a line closes at its beginning, it closes for itself.
      const closed = /^[})]*/.exec(bare)?.[0].length ?? 0;
      const shown = bare ? '  '.repeat(Math.max(0, depth - closed)) + bare : '';
      depth += (bare.match(/[{(]/g) ?? []).length - (bare.match(/[})]/g) ?? []).length;
      return shown;
    })
    .join('\n');
}

/** In single quotes, as any shell of the kind takes it literally. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A line that asks the same; what is not for everybody needs a token, kept in a variable. */
export function curlOf(address: string, query: string, variables: unknown, token = false): string {
  const heads = [`-H ${quoted('content-type: application/json')}`, ...(token ? ['-H "authorization: Bearer $INNESTO_TOKEN"'] : [])];
  return `curl --silent ${heads.join(' ')} --data-raw ${quoted(JSON.stringify({ query, variables }))} ${quoted(address)}`;
}
