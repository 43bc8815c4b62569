/** What the page of synonyms says. */
export const it = {
  title: 'Sinonimi',
  lead: 'Sigle e parole del mestiere che la ricerca tratta come uguali: chi scrive l’una trova anche l’altra. Ogni cambiamento vale subito.',
  look: 'Cerca tra i sinonimi', lookHint: 'In tutte e due le colonne: «PUA», «domiciliare».',
  count: (count: number) => (count === 1 ? '1 sinonimo' : `${count} sinonimi`),
  none: 'Nessun sinonimo con questa parola', noneHelp: 'Provate con una parte della parola, o aggiungetelo qui sotto.',
  oneWay: (word: string, meaning: string) => `Chi cerca «${word}» trova anche «${meaning}»`,
  bothWays: (word: string, meaning: string) => `Chi cerca «${word}» trova anche «${meaning}», e viceversa`,
  remove: 'Togli', removeOf: (word: string, meaning: string) => `Togli «${word}» = «${meaning}»`, removeHelp: 'Chi cerca una di queste parole non troverà più l’altra.',
  removed: (word: string, meaning: string) => `«${word}» e «${meaning}» non sono più sinonimi.`,
  add: 'Aggiungi un sinonimo', addDo: 'Aggiungi',
  addHelp: 'Se c’è già, cambia solo se vale anche al contrario.',
  word: 'Chi cerca', wordHint: 'Una parola, una sigla o più parole: «PUA».', meaning: 'Trova anche', meaningHint: 'Per esempio «porta unica di accesso».',
  both: 'Vale anche al contrario', added: (word: string, meaning: string) => `Ora chi cerca «${word}» trova anche «${meaning}».`,
};

export const en: typeof it = {
  title: 'Synonyms',
  lead: 'Acronyms and words of the trade that search takes for the same: who writes one finds the other too. Every change works at once.',
  look: 'Look among the synonyms', lookHint: 'In both columns: “PUA”, “domiciliare”.',
  count: (count) => (count === 1 ? '1 synonym' : `${count} synonyms`),
  none: 'No synonym with this word', noneHelp: 'Try a part of the word, or add it below.',
  oneWay: (word, meaning) => `Who looks for “${word}” finds “${meaning}” too`,
  bothWays: (word, meaning) => `Who looks for “${word}” finds “${meaning}” too, and the other way round`,
  remove: 'Remove', removeOf: (word, meaning) => `Remove “${word}” = “${meaning}”`, removeHelp: 'Who looks for one of these words will no longer find the other.',
  removed: (word, meaning) => `“${word}” and “${meaning}” are no longer synonyms.`,
  add: 'Add a synonym', addDo: 'Add',
  addHelp: 'Where it is there already, only whether it holds the other way round changes.',
  word: 'Who looks for', wordHint: 'A word, an acronym or several words: “PUA”.', meaning: 'Finds this too', meaningHint: 'For example “porta unica di accesso”.',
  both: 'Holds the other way round too', added: (word, meaning) => `Now who looks for “${word}” finds “${meaning}” too.`,
};
