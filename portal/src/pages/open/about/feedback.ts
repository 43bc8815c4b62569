/** What the page for feedback says. */
import type { PlainText } from './text';

export const it: PlainText & { toTerritories: string; toAccessibility: string } = {
  title: 'Segnala un problema',
  lead: 'A chi scrivere dipende da che cosa non va.',
  toTerritories: 'Cerca un territorio',
  toAccessibility: 'Dichiarazione di accessibilità',
  sections: [
    {
      title: 'Una pratica o un territorio',
      lines: ['Un dato sbagliato, un documento che manca, un referente che non c’è più: lo corregge il territorio. I suoi contatti sono nella sua pagina; chi ha fatto l’accesso può scrivergli da lì.'],
    },
    {
      title: 'Una richiesta che non va avanti',
      lines: ['Scrivete nella conversazione della richiesta. Se non basta, chi facilita la rete (ANCI Puglia) aiuta le due parti.'],
    },
    {
      title: 'Il portale stesso',
      lines: ['Una pagina che non funziona o che non si riesce a usare, anche per motivi di accessibilità: scrivete a chi facilita la rete o all’ente che gestisce il servizio. Aiuta sapere:'],
      items: ['l’indirizzo della pagina;', 'che cosa volevate fare e che cosa è successo;', 'il numero che il messaggio di errore chiede di citare, se c’è.'],
    },
    {
      title: 'Che cosa non scrivere',
      lines: ['Non mandate mai dati delle persone seguite dai servizi: né nomi, né codici fiscali, né storie da cui si riconoscano.'],
    },
  ],
};

export const en: typeof it = {
  title: 'Report a problem',
  lead: 'Whom to write to depends on what is wrong.',
  toTerritories: 'Look for a territory',
  toAccessibility: 'Accessibility statement',
  sections: [
    {
      title: 'A practice or a territory',
      lines: ['Wrong data, a missing document, a contact person who has left: the territory corrects it. Its contacts are on its page; those who have signed in can write to it from there.'],
    },
    {
      title: 'A request that does not move',
      lines: ['Write in the conversation of the request. If that is not enough, the facilitators of the network (ANCI Puglia) help both sides.'],
    },
    {
      title: 'The portal itself',
      lines: ['A page that does not work or cannot be used, also for reasons of accessibility: write to the facilitators of the network or to the body that runs the service. It helps to know:'],
      items: ['the address of the page;', 'what you wanted to do and what happened;', 'the number that the message of the error asks you to tell, if there is one.'],
    },
    {
      title: 'What not to write',
      lines: ['Never send data of people who use the services: no names, no tax codes, no stories by which they can be recognised.'],
    },
  ],
};
