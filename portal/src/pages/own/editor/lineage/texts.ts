/** What the section of the lineage says. */
import type { Enum } from '../../../../lib/graphql';

export const it = {
  parents: 'Viene da',
  noParents: 'Non viene da un’altra pratica, per quanto è stato detto finora',
  hidden: 'Una pratica che ora non potete vedere',
  parent: 'La pratica da cui viene',
  parentHint: 'Copiate qui l’indirizzo della sua pagina.',
  noParent: 'A questo indirizzo non c’è una pratica: apritela e copiate l’indirizzo dalla barra del browser.',
  kind: 'In che modo',
  kinds: {
    COPIED: 'rifatta com’era', ADAPTED: 'rifatta con cambiamenti', INSPIRED_BY: 'presa solo l’idea',
    COMPONENT_OF: 'è una sua parte', MERGED_FROM: 'nata da più pratiche',
  } as Record<Enum<'LineageKind'>, string>,
  declare: 'Dichiara',
  declared: 'Dichiarato. Chi ha l’altra pratica può ora confermare.',
  confirm: 'Conferma',
  confirmed: 'Confermato.',
  isConfirmed: 'confermato',
  notConfirmed: 'da confermare',
  children: 'Ne sono nate',
};

export const en: typeof it = {
  parents: 'Comes from',
  noParents: 'It comes from no other practice, as far as was said',
  hidden: 'A practice that you cannot see now',
  parent: 'The practice it comes from',
  parentHint: 'Paste the address of its page here.',
  noParent: 'There is no practice at this address: open it and copy the address from the browser.',
  kind: 'In which way',
  kinds: {
    COPIED: 'done again as it was', ADAPTED: 'done again with changes', INSPIRED_BY: 'only the idea was taken',
    COMPONENT_OF: 'it is a part of it', MERGED_FROM: 'grown out of several',
  },
  declare: 'Declare',
  declared: 'Declared. The owner of the other practice can now confirm.',
  confirm: 'Confirm',
  confirmed: 'Confirmed.',
  isConfirmed: 'confirmed',
  notConfirmed: 'to be confirmed',
  children: 'Came from it',
};
