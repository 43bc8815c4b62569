import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Text } from '../../src/lib/graphql';

const schema = buildSchema(readFileSync('../schema.graphql', 'utf8'));
const files = import.meta.glob<Record<string, Text>>('../../src/**/operations.ts', { eager: true });

describe('every question', () => {
  const questions = Object.entries(files).flatMap(([file, exported]) =>
    Object.entries(exported)
      .filter(([, { text }]) => !text.startsWith('fragment'))
      .map(([name, { text }]) => ({ file, name, text })),
  );

  test('there are some', () => expect(questions.length).toBeGreaterThan(3));

  test.each(questions)('$name fits the schema', ({ name, text }) => {
    const document = parse(text);
    expect(validate(schema, document).map((error) => error.message)).toEqual([]);
    const operations = document.definitions.filter((definition) => definition.kind === 'OperationDefinition');
    expect(operations.map((operation) => operation.name?.value)).toEqual([name]);
  });
});
