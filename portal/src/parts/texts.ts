/** What the shared parts say. */
export const it = {
  home: 'Inizio',
  territory: 'Territorio',
  breadcrumb: 'Percorso di navigazione',
  loading: 'Caricamento in corso',
  optional: '(facoltativo)',
  characters: (used: number, most: number) => `${used} di ${most} caratteri`,
  cancel: 'Annulla',
  again: 'Riprova',
  signIn: 'Accedi',
  requestId: 'Numero da citare a chi gestisce il servizio:',
  trouble: {
    unreachable: 'Il servizio non risponde. Controllate la connessione: quello che avete scritto resta qui.',
    'signed-out': "L'accesso è scaduto. Quello che avete scritto resta qui: accedete di nuovo per continuare.",
    'too-many': 'Troppe richieste in poco tempo.',
    failed: 'Qualcosa non ha funzionato.',
  },
};

export const en: typeof it = {
  home: 'Home',
  territory: 'Territory',
  breadcrumb: 'Breadcrumb',
  loading: 'Loading',
  optional: '(optional)',
  characters: (used, most) => `${used} of ${most} characters`,
  cancel: 'Cancel',
  again: 'Try again',
  signIn: 'Sign in',
  requestId: 'Number to tell to whoever runs the service:',
  trouble: {
    unreachable: 'The service does not answer. Check the connection: what you have written stays here.',
    'signed-out': 'You are no longer signed in. What you have written stays here: sign in again to go on.',
    'too-many': 'Too many requests in a short time.',
    failed: 'Something went wrong.',
  },
};
