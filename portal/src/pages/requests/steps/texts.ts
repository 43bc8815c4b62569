/** What the forms of the steps say. */
import type { FieldName, FormStep } from './forms';

interface StepText {
  /** On the button that opens the form. */
  button: string;
  /** What happens then. */
  help: string;
  /** On the button that does it. */
  send: string;
}

const steps: Record<FormStep, StepText> = {
  SEND: { button: 'Invia', help: 'La richiesta parte per e-mail ai referenti della pratica, con copia a voi.', send: 'Invia la richiesta' },
  ACKNOWLEDGE: { button: 'Prendi in carico', help: 'Dite a chi chiede che avete letto la richiesta e la state valutando. Non è ancora un sì.', send: 'Prendi in carico' },
  ACCEPT: { button: 'Accetta', help: 'Dite quale aiuto date, chi lo dà e quando vi sentite la prima volta.', send: 'Accetta la richiesta' },
  START: { button: 'Avvia il lavoro', help: 'Da qui in poi la replica risulta in corso.', send: 'Avvia il lavoro' },
  COMPLETE: { button: 'Racconta l’esito', help: 'L’esito serve a chi verrà dopo: contano anche le difficoltà e ciò che non è riuscito.', send: 'Invia l’esito' },
  CHECK_IN: { button: 'Di’ come procede', help: 'Due parole bastano. Se il lavoro è fermo lo sanno subito i referenti della pratica e ANCI Puglia.', send: 'Invia' },
  CONFIRM_OUTCOME: { button: 'Conferma l’esito', help: 'Dite se l’esito raccontato corrisponde a quanto sapete. Si può fare una volta sola.', send: 'Invia il parere' },
  FOLLOW_UP: { button: 'Di’ se è ancora attiva', help: 'A sei e a dodici mesi dalla conclusione si chiede se la replica vive ancora.', send: 'Invia' },
  SEND_AGAIN: { button: 'Invia di nuovo', help: 'La richiesta torna a chi ha la pratica, con nuovi termini.', send: 'Invia di nuovo' },
  REOPEN: { button: 'Riprendi il lavoro', help: 'Il lavoro torna in corso. Si può fare entro dodici mesi dall’interruzione.', send: 'Riprendi il lavoro' },
  RECORD_AGREEMENT: { button: 'Registra l’accordo', help: 'Gli estremi dell’atto con cui i due enti si sono accordati. Per il sostegno completo serve prima di iniziare.', send: 'Registra l’accordo' },
  EXTEND: { button: 'Concedi più tempo', help: 'Si può fare una volta sola: la scadenza si sposta dei giorni indicati.', send: 'Concedi' },
  DECLINE: { button: 'Rifiuta', help: 'Chi chiede riceve il motivo e altre pratiche simili a cui rivolgersi.', send: 'Rifiuta la richiesta' },
  WITHDRAW: { button: 'Ritira la richiesta', help: 'I referenti della pratica ricevono il motivo. Potrete fare una nuova richiesta.', send: 'Ritira la richiesta' },
  INTERRUPT: { button: 'Interrompi il lavoro', help: 'Si può riprendere entro dodici mesi. Quello che avete imparato resta a disposizione degli altri.', send: 'Interrompi il lavoro' },
  ANNUL: { button: 'Annulla la richiesta', help: 'Solo per doppioni, errori o abusi. Lo sapranno entrambe le parti e ANCI Puglia.', send: 'Annulla la richiesta' },
  DISCARD: { button: 'Elimina la bozza', help: 'La bozza si elimina e non si può recuperare.', send: 'Elimina la bozza' },
};

const fields: Record<FieldName, string> = {
  reason: 'Motivo', supportLevel: 'Quale aiuto date', mentor: 'Chi aiuta', firstDate: 'Primo incontro o telefonata',
  days: 'Giorni in più', kind: 'Tipo di atto', actNumber: 'Numero dell’atto', actDate: 'Data dell’atto',
  protocolNumber: 'Numero di protocollo', startedOn: 'Data di inizio', progress: 'Come procede', pauseUntil: 'In pausa fino al',
  vitality: 'La replica oggi è', verdict: 'L’esito raccontato è', lessons: 'Che cosa dovrebbero sapere gli altri', note: 'Messaggio',
};

export const it = {
  steps,
  fields,
  choose: 'Scegliete…',
  needed: 'Va compilato.',
  noteWhy: 'Perché intervenite',
  noteWhyHint: 'Agite al posto di una delle parti: il motivo resta nella storia della richiesta.',
  noteHint: 'Lo legge l’altra parte. Niente nomi o dati di persone seguite dai servizi.',
  pauseHint: 'Solo se il lavoro si ferma per un po’: al massimo 180 giorni.',
  daysHint: 'Da 1 a 30.',
  noMentors: 'Il vostro territorio non ha ancora referenti: aggiungetene uno tra le persone, poi tornate qui: quello che avete scritto resta.', toPeople: 'Vai alle persone del territorio',
  changed: (state: string) => `Nel frattempo qualcun altro ha cambiato la richiesta: ora è «${state}». Quello che avete scritto è ancora qui.`,
  impossible: 'Questo passo ora non è più possibile. Rileggete la storia della richiesta qui sotto.',
  written: 'Quello che avevate scritto:',
  close: 'Chiudi',
  cancel: 'Annulla',
  gone: 'La bozza è stata eliminata.',
  kept: 'Ripreso da quello che avevate già scritto.',
  outcome: {
    result: 'Com’è andata',
    startedOn: 'Inizio del lavoro', endedOn: 'Fine del lavoro',
    core: 'Elementi essenziali che avete mantenuto',
    coreHint: 'Sono quelli indicati da chi ha la pratica. Togliete la spunta a quelli che avete lasciato.',
    changes: 'Che cosa avete cambiato e perché',
    obstacles: 'Che cosa ha ostacolato', lessons: 'Che cosa dovrebbero sapere gli altri',
    hoursGiven: 'Ore date da chi ha la pratica', hoursSpent: 'Ore spese da voi',
    setupCostEur: 'Costo di avvio (euro)', yearlyCostEur: 'Costo annuo (euro)',
    effort: 'Tempo e costi', indicators: 'Indicatori',
    indicatorsHint: 'Gli stessi dell’originale, così si possono confrontare. Lasciate vuoto ciò che non avete misurato.',
    baseline: 'Prima', value: 'Dopo', original: (before: string, after: string) => `Originale: ${before} → ${after}`,
    satisfaction: 'Quanto siete soddisfatti dell’aiuto ricevuto', satisfactionHint: 'Da 1 (per nulla) a 5 (molto). Non è pubblico.',
    wrongNumber: (whole: boolean): string => (whole ? 'Scrivete un numero intero.' : 'Scrivete un numero.'),
  },
};

export const en: typeof it = {
  steps: {
    SEND: { button: 'Send', help: 'The request goes by e-mail to the contacts of the practice, with a copy to you.', send: 'Send the request' },
    ACKNOWLEDGE: { button: 'Take up', help: 'Tell those who ask that you have read the request and are deciding. It is not a yes yet.', send: 'Take up' },
    ACCEPT: { button: 'Accept', help: 'Say what help you give, who gives it and when you first talk.', send: 'Accept the request' },
    START: { button: 'Start the work', help: 'From here on the copy is shown as under way.', send: 'Start the work' },
    COMPLETE: { button: 'Tell the outcome', help: 'The outcome serves those who come after: difficulties and failures count too.', send: 'Send the outcome' },
    CHECK_IN: { button: 'Say how it goes', help: 'Two words are enough. If the work is stuck, the contacts of the practice and ANCI Puglia hear of it at once.', send: 'Send' },
    CONFIRM_OUTCOME: { button: 'Confirm the outcome', help: 'Say whether the outcome told is what you know. This can be done once only.', send: 'Send your word' },
    FOLLOW_UP: { button: 'Say whether it still runs', help: 'Six and twelve months after the completion one is asked whether the copy still lives.', send: 'Send' },
    SEND_AGAIN: { button: 'Send again', help: 'The request goes back to the owner of the practice, with new deadlines.', send: 'Send again' },
    REOPEN: { button: 'Take the work up again', help: 'The work is under way again. Possible within twelve months of the interruption.', send: 'Take the work up again' },
    RECORD_AGREEMENT: { button: 'Record the agreement', help: 'The act in which the two bodies agreed. Full support needs it before the start.', send: 'Record the agreement' },
    EXTEND: { button: 'Give more time', help: 'This can be done once only: the deadline moves by so many days.', send: 'Give more time' },
    DECLINE: { button: 'Decline', help: 'Those who ask receive the reason, and similar practices to turn to.', send: 'Decline the request' },
    WITHDRAW: { button: 'Withdraw the request', help: 'The contacts of the practice receive the reason. You may make a new request.', send: 'Withdraw the request' },
    INTERRUPT: { button: 'Stop the work', help: 'It can be taken up again within twelve months. What you learned stays for others.', send: 'Stop the work' },
    ANNUL: { button: 'Annul the request', help: 'For duplicates, errors or abuse only. Both sides and ANCI Puglia hear of it.', send: 'Annul the request' },
    DISCARD: { button: 'Discard the draft', help: 'The draft is thrown away and cannot be brought back.', send: 'Discard the draft' },
  },
  fields: {
    reason: 'Reason', supportLevel: 'What help you give', mentor: 'Who helps', firstDate: 'First meeting or call', days: 'Days more',
    kind: 'Kind of act', actNumber: 'Number of the act', actDate: 'Date of the act', protocolNumber: 'Protocol number',
    startedOn: 'Start date', progress: 'How it goes', pauseUntil: 'Paused until', vitality: 'The copy today is',
    verdict: 'The outcome told is', lessons: 'What others should know', note: 'Message',
  },
  choose: 'Choose…',
  needed: 'This is needed.',
  noteWhy: 'Why you step in',
  noteWhyHint: 'You act in the place of one of the sides: the reason stays in the story of the request.',
  noteHint: 'The other side reads it. No names or data of people whom the services look after.',
  pauseHint: 'Only if the work rests for a while: at most 180 days.',
  daysHint: 'From 1 to 30.',
  noMentors: 'Your territory has no contacts yet: add one among the people, then come back here: what you wrote is kept.', toPeople: 'Go to the people of the territory',
  changed: (state) => `In the meantime somebody else changed the request: it is “${state}” now. What you wrote is still here.`,
  impossible: 'This step is no longer possible. Read the story of the request below.',
  written: 'What you had written:',
  close: 'Close',
  cancel: 'Cancel',
  gone: 'The draft was discarded.',
  kept: 'Taken from what you had written already.',
  outcome: {
    result: 'How it went',
    startedOn: 'Start of the work', endedOn: 'End of the work',
    core: 'Core elements that you kept',
    coreHint: 'Those named by the owner of the practice. Untick what you left out.',
    changes: 'What you changed and why',
    obstacles: 'What stood in the way', lessons: 'What others should know',
    hoursGiven: 'Hours given by the owner', hoursSpent: 'Hours spent by you',
    setupCostEur: 'Set-up cost (euro)', yearlyCostEur: 'Yearly cost (euro)',
    effort: 'Time and costs', indicators: 'Indicators',
    indicatorsHint: 'The same as the original’s, so that they can be compared. Leave empty what you did not measure.',
    baseline: 'Before', value: 'After', original: (before, after) => `Original: ${before} → ${after}`,
    satisfaction: 'How satisfied you are with the help received', satisfactionHint: 'From 1 (not at all) to 5 (very). It is not public.',
    wrongNumber: (whole) => (whole ? 'Write a whole number.' : 'Write a number.'),
  },
};
