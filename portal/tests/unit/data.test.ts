import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { curlOf, indented } from '../../src/parts/data/curl';
import { csvOf, jsonOf } from '../../src/parts/data/files';
import { filled, sorted, sortOf, type Column } from '../../src/parts/data/table';

const origin = { attribution: 'Innesto (https://hub.example)', asOf: '2026-11-25T10:00:00Z' };
const csv = (value: string | number | boolean | null) => csvOf({ heads: ['a'], lines: [[value]] }, origin).split('\r\n')[1];
const TAIL = ',CC BY 4.0,Innesto (https://hub.example)';

describe('a table as CSV', () => {
  test.each(['=1+1', '+39 080', '-2+3', '@SUM(A1)', '\tx', '\rx', ' =1+1', '＝1'])('takes %j for a text, never for a formula', (text) => {
    expect(csv(text)).toBe(`"'${text}"${TAIL}`);
  });

  test.each([[-3, '-3'], [0.5, '0.5'], [null, ''], [true, 'true'], ['Nardò', 'Nardò'], ['a,b', '"a,b"'], ['a "b"', '"a ""b"""'], ['a\nb', '"a\nb"']])('writes %j as %j', (value, text) => {
    expect(csvOf({ heads: ['a'], lines: [[value]] }, origin)).toBe(`\uFEFFa,licence,attribution\r\n${text}${TAIL}\r\n`);
  });
});

test('a table as JSON says whose it is, and under which licence', () => {
  const { rows, ...said } = JSON.parse(jsonOf({ file: 'x', heads: ['a', 'b'], lines: [[1, null]] }, origin));
  expect(rows).toEqual([{ a: 1, b: null }]);
  expect(said).toMatchObject({ table: 'x', licence: 'CC BY 4.0', ...origin });
});

describe('a table', () => {
  interface Row { name: string; count: number | null }
  const columns: Column<Row>[] = [{ key: 'name', name: 'Name', value: ({ name }) => name }, { key: 'count', name: 'Count', value: ({ count }) => count }];
  const rows: Row[] = [{ name: 'B', count: 2 }, { name: 'A', count: null }, { name: 'C', count: 10 }];
  const names = (sort: string) => sorted(rows, columns, sortOf(sort, 'name')).map(({ name }) => name).join('');

  test('is sorted either way, what is not known last', () => {
    expect([names(''), names('-name'), names('count'), names('-count')]).toEqual(['ABC', 'CBA', 'BCA', 'CBA']);
  });

  test('stays as it is where the address names no column of it', () => expect(names('nothing')).toBe('BAC'));

  test('is downloaded as it stands', () => {
    expect(filled({ file: 'f', name: 'n', columns, rows })).toEqual({ file: 'f', name: 'n', heads: ['name', 'count'], lines: [['B', 2], ['A', null], ['C', 10]] });
  });
});

describe('a question for others', () => {
  test('is told apart by spaces', () => {
    expect(indented('query A {\nb(c: { d: 1 }) {\ne\n}\n}')).toBe('query A {\n  b(c: { d: 1 }) {\n    e\n  }\n}');
    expect(indented('query A(\n$b: Int\n) {\nc\n}')).toBe('query A(\n  $b: Int\n) {\n  c\n}');
  });

  test('comes through the shell as it is', () => {
    const [query, variables] = ['{ a(b: "it\'s $HOME `x` \\\\ \\n") }', { quote: "'; exit 1; '" }];
    const line = curlOf("http://hub.example/graphql?a='b'", query, variables, true);
    const said = execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }; INNESTO_TOKEN=secret; ${line}`], { encoding: 'utf8' }).split('\0');
    expect(JSON.parse(said[said.indexOf('--data-raw') + 1] ?? '')).toEqual({ query, variables });
    expect(said).toContain("http://hub.example/graphql?a='b'");
    expect(said).toContain('authorization: Bearer secret');
  });
});
