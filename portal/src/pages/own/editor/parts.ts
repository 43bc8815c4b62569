/** The sections of the editor: which fields each holds, and what is missing in them. */
import type { Desk } from './desk.svelte';
import type { Name } from './fields';

export type Part = 'basics' | 'story' | 'honest' | 'facts' | 'indicators' | 'elements' | 'partners' | 'support' | 'contacts' | 'kit' | 'sources' | 'lineage';

export const parts: readonly (readonly [Part, readonly Name[]])[] = [
  ['basics', ['title', 'abstract', 'field', 'otherFields', 'targets', 'tools', 'funds', 'places', 'startedOn', 'endedOn']],
  ['story', ['context', 'objectives', 'method', 'results']],
  ['honest', ['obstacles', 'improvements', 'replicability']],
  ['facts', ['budgetEur', 'setupCostEur', 'yearlyCostEur', 'staffFte', 'monthsToStart', 'peopleReached', 'evidenceLevel']],
  ['indicators', ['indicators']],
  ['elements', ['coreElements', 'adaptableElements']],
  ['partners', ['partners']],
  ['support', ['supportOpen', 'supportLevels', 'supportCapacity']],
  ['contacts', []],
  ['kit', []],
  ['sources', ['sources', 'provenanceNote']],
  ['lineage', []],
];

export interface Wish {
  /** A field, or what is no field. */
  what: Name | 'work' | 'contacts' | 'kit';
  part: Part;
  isThere: boolean;
  /** Without it the practice cannot be handed in. */
  needed: boolean;
}

/** What a good practice says, in the order of the sections. */
export function wishes(desk: Desk): Wish[] {
  const has = (name: Name): boolean => {
    const value = desk.value(name);
    return typeof value === 'string' ? value.trim() !== '' : Array.isArray(value) ? value.length > 0 : Boolean(value);
  };
  const wish = (what: Wish['what'], part: Part, isThere: boolean, needed = false): Wish => ({ what, part, isThere, needed });
  return [
    wish('title', 'basics', has('title'), true),
    wish('abstract', 'basics', has('abstract'), true),
    wish('field', 'basics', has('field'), true),
    wish('targets', 'basics', has('targets'), true),
    wish('startedOn', 'basics', has('startedOn')),
    wish('context', 'story', has('context')),
    wish('work', 'story', has('objectives') || has('method'), true),
    wish('results', 'story', has('results'), true),
    wish('obstacles', 'honest', has('obstacles')),
    wish('improvements', 'honest', has('improvements')),
    wish('replicability', 'honest', has('replicability')),
    wish('budgetEur', 'facts', has('budgetEur') || has('yearlyCostEur')),
    wish('staffFte', 'facts', has('staffFte')),
    wish('peopleReached', 'facts', has('peopleReached')),
    wish('indicators', 'indicators', has('indicators')),
    wish('coreElements', 'elements', has('coreElements')),
    wish('supportLevels', 'support', has('supportLevels')),
    wish('contacts', 'contacts', desk.practice.contacts.length > 0, true),
    wish('kit', 'kit', desk.practice.kit.length > 0),
    wish('sources', 'sources', has('sources')),
  ];
}
