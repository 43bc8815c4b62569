/** What the page of vocabularies says. */
import type { Enum } from '../../../lib/graphql';
import { withNumber } from '../../../lib/italian';

export const it = {
  title: 'Vocabolari',
  lead: 'Le voci tra cui si sceglie nelle schede e nelle richieste. Ciò che è stato scelto resta: una voce cambia nome o finisce da un giorno in poi.',
  scheme: 'Vocabolario', on: 'Valide il giorno', onHelp: 'Vuoto: oggi.',
  schemes: {
    FIELD: 'Temi delle pratiche', TARGET: 'Destinatari', TOOL: 'Strumenti', FUND: 'Fondi', KIT_PHASE: 'Fasi del kit di riuso',
    KIT_KIND: 'Tipi di documento del kit', AREA_CLASS: 'Classi di area', DECLINE_REASON: 'Motivi di rifiuto', WITHDRAW_REASON: 'Motivi di ritiro',
    INTERRUPT_REASON: 'Motivi di interruzione', ANNUL_REASON: 'Motivi di annullamento',
  } as Record<Enum<'VocabularyScheme'>, string>,
  count: (count: number) => (count === 1 ? 'Una voce.' : `${count} voci.`),
  none: 'Nessuna voce', noneHelp: 'In quel giorno il vocabolario era vuoto: scegliete un altro giorno, o aggiungete una voce.',
  valid: (from: string, to?: string) => (to ? `${withNumber('da', from)} ${withNumber('a', to)}` : withNumber('da', from)),
  other: (label: string) => `In inglese: ${label}`,
  rename: 'Rinomina', renameOf: (label: string) => `Rinomina «${label}»`, end: 'Fai finire', endOf: (label: string) => `Fai finire «${label}»`,
  add: 'Aggiungi una voce', addHelp: 'Compare in fondo al vocabolario.',
  code: 'Codice', codeHelp: 'Lettere maiuscole, cifre e «_», al massimo 40 caratteri: BANCA_TEMPO. Non cambierà più.',
  labelIt: 'Nome in italiano', labelEn: 'Nome in inglese',
  validFrom: 'Valida dal', validFromHelp: 'Vuoto: da oggi.', renamedFrom: 'Nuovo nome dal', renamedFromHelp: 'Vuoto: da oggi. Fino al giorno prima resta il nome di adesso.',
  save: 'Salva il nome', addDo: 'Aggiungi', cancel: 'Annulla',
  validTo: 'Ultimo giorno', validToHelp: 'Vuoto: oggi. Chi ha già questa voce la conserva; dal giorno dopo non si può più scegliere.',
  endDo: 'Fai finire la voce',
  added: (label: string, from: string) => `Aggiunta «${label}», valida ${withNumber('da', from)}.`,
  renamed: (label: string, from: string) => `La voce si chiama «${label}» ${withNumber('da', from)}.`,
  ended: (label: string, to: string) => `«${label}» vale fino ${withNumber('a', to)}.`,
};

export const en: typeof it = {
  title: 'Vocabularies',
  lead: 'The terms one chooses from in practices and requests. What was chosen stays: a term is renamed or ends from a day on.',
  scheme: 'Vocabulary', on: 'Valid on', onHelp: 'Empty: today.',
  schemes: {
    FIELD: 'Themes of practices', TARGET: 'Target groups', TOOL: 'Tools', FUND: 'Funds', KIT_PHASE: 'Phases of the reuse kit',
    KIT_KIND: 'Kinds of kit document', AREA_CLASS: 'Classes of area', DECLINE_REASON: 'Reasons to decline', WITHDRAW_REASON: 'Reasons to withdraw',
    INTERRUPT_REASON: 'Reasons to interrupt', ANNUL_REASON: 'Reasons to annul',
  },
  count: (count) => (count === 1 ? 'One term.' : `${count} terms.`),
  none: 'No term', noneHelp: 'On that day the vocabulary was empty: choose another day, or add a term.',
  valid: (from, to) => (to ? `from ${from} to ${to}` : `from ${from}`),
  other: (label) => `In Italian: ${label}`,
  rename: 'Rename', renameOf: (label) => `Rename “${label}”`, end: 'End', endOf: (label) => `End “${label}”`,
  add: 'Add a term', addHelp: 'It comes at the end of the vocabulary.',
  code: 'Code', codeHelp: 'Capitals, digits and “_”, at most 40 characters: TIME_BANK. It never changes.',
  labelIt: 'Name in Italian', labelEn: 'Name in English',
  validFrom: 'Valid from', validFromHelp: 'Empty: from today.', renamedFrom: 'New name from', renamedFromHelp: 'Empty: from today. Until the day before it keeps its present name.',
  save: 'Save the name', addDo: 'Add', cancel: 'Cancel',
  validTo: 'Last day', validToHelp: 'Empty: today. What has this term keeps it; from the next day it cannot be chosen.',
  endDo: 'End the term',
  added: (label, from) => `Added “${label}”, valid from ${from}.`,
  renamed: (label, from) => `The term is called “${label}” from ${from}.`,
  ended: (label, to) => `“${label}” is valid until ${to}.`,
};
