import { expect, test } from 'vitest';
import { emptiedOf } from '../../src/pages/staff/territories/emptied';

test('what a file leaves empty is found in the report, by column', () => {
  const changes = [
    '+ Comune di Matera',
    '~ Comune di Bari: population 316015 → –, latitude 41.1 → 41.2',
    '~ Comune di Bitonto: aliases Botonto | Bitonto, città → –, population 53168 → –, ambito Ambito di Corato → –',
    '~ Ambito di Troia: seat – → Comune di Troia, legal_form CONVENTION → CONSORTIUM',
  ];
  expect(emptiedOf(changes)).toEqual([
    { column: 'population', names: ['Comune di Bari', 'Comune di Bitonto'] },
    { column: 'aliases', names: ['Comune di Bitonto'] },
    { column: 'ambito', names: ['Comune di Bitonto'] },
  ]);
});
