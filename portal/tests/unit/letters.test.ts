import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLEnumType } from 'graphql';
import { expect, test } from 'vitest';
import { groups, lettersOf } from '../../src/pages/staff/mail/letters';

const all = (buildSchema(readFileSync('../schema.graphql', 'utf8')).getType('MailLetter') as GraphQLEnumType).getValues().map(({ name }) => name);

test('every letter that the hub may write stands in one group', () => {
  expect(groups.flatMap(([, letters]) => letters).toSorted()).toEqual(all.toSorted());
});

test('an address chooses a group, a letter, or nothing', () => {
  expect(lettersOf('access')).toEqual(['SIGN_IN_CODE', 'INVITATION']);
  expect(lettersOf('DIGEST')).toEqual(['DIGEST']);
  expect([lettersOf('digest'), lettersOf(''), lettersOf(null)]).toEqual([undefined, undefined, undefined]);
});
