import { expect, test } from 'vitest';
import { emptiedOf } from '../../src/pages/staff/territories/emptied';

test('what a file leaves empty is found in the report, by column', () => {
  const changes = [
    '+ Comune di Matera',
    '~ Comune di Bari: population 316015 → nothing, latitude 41.1 → 41.2',
    '~ Comune di Bitonto: aliases ["Botonto", "Bitonto, città"] → [], population 53168 → nothing, ambito 018f → nothing',
    '~ Ambito di Troia: seat nothing → 018f, legal_form Convention → Consortium',
  ];
  expect(emptiedOf(changes)).toEqual([
    { column: 'population', names: ['Comune di Bari', 'Comune di Bitonto'] },
    { column: 'aliases', names: ['Comune di Bitonto'] },
    { column: 'ambito', names: ['Comune di Bitonto'] },
  ]);
});
