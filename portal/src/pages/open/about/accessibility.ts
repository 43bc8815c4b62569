/** What the accessibility statement says. */
import type { PlainText } from './text';

export const it: PlainText & { link: string } = {
  title: 'Dichiarazione di accessibilità',
  lead: 'Innesto è fatto perché lo usi chiunque, anche con la sola tastiera o con un lettore di schermo.',
  link: 'Segnalare un problema di accessibilità',
  sections: [
    {
      title: 'Stato di conformità',
      lines: [
        'Il portale segue le Linee guida per l’accessibilità dei contenuti web (WCAG 2.2, livello AA), riprese dalla norma UNI CEI EN 301549 e richieste dalla legge 4/2004.',
        'Ogni pagina è controllata con prove automatiche a ogni modifica: struttura, nomi dei comandi, contrasto, larghezza a 360 pixel. Le prove automatiche non bastano: una valutazione con persone con disabilità non è ancora stata fatta, per questo la conformità è da considerare parziale.',
      ],
    },
    {
      title: 'Come funziona',
      lines: [],
      items: [
        'Tutto si fa da tastiera; il punto in cui ci si trova è sempre visibile.',
        'La mappa si percorre con le frecce e ha accanto un elenco che dice le stesse cose.',
        'I grafici hanno una tabella con gli stessi dati; il disegno della discendenza ha un elenco.',
        'Il testo si ingrandisce fino al 400 % senza scorrere di lato; le animazioni si fermano se il vostro dispositivo lo chiede.',
        'Ogni pagina è in italiano e in inglese; quello che scrivono i territori resta nella lingua in cui è scritto.',
      ],
    },
    {
      title: 'Che cosa può non essere accessibile',
      lines: [],
      items: [
        'I documenti dei kit di riuso sono preparati dai territori o stanno su altri siti: alcuni possono essere scansioni senza testo. Si può chiedere al territorio una versione leggibile.',
        'La documentazione interattiva dell’API è pensata per chi programma e non è stata verificata.',
      ],
    },
    {
      title: 'Segnalazioni',
      lines: [
        'Se una pagina non si riesce a usare, scrivetelo: diteci quale pagina è, che cosa volevate fare e con quale strumento.',
        'Se la risposta non arriva entro trenta giorni o non basta, ci si può rivolgere al Difensore civico per il digitale, presso l’Agenzia per l’Italia digitale (AgID).',
      ],
    },
    {
      title: 'Su questa dichiarazione',
      lines: ['È scritta da chi sviluppa il portale, sulla base delle proprie prove. L’ente che lo gestisce pubblica la dichiarazione prevista dalle Linee guida dell’AgID.'],
    },
  ],
};

export const en: typeof it = {
  title: 'Accessibility statement',
  lead: 'Innesto is made for everybody, also with the keyboard alone or with a screen reader.',
  link: 'Report an accessibility problem',
  sections: [
    {
      title: 'Conformance',
      lines: [
        'The portal follows the Web Content Accessibility Guidelines (WCAG 2.2, level AA), which the norm EN 301549 takes up and Italian law 4/2004 requires.',
        'Every page is tested automatically at each change: structure, names of controls, contrast, width at 360 pixels. Automatic tests are not enough: there has been no evaluation with people with disabilities yet, which is why conformance must be called partial.',
      ],
    },
    {
      title: 'How it works',
      lines: [],
      items: [
        'Everything works from the keyboard; the place where one is can always be seen.',
        'The map is walked through with the arrow keys, and a list beside it says the same.',
        'Charts have a table with the same data; the drawing of the lineage has a list.',
        'Text can be enlarged to 400% without scrolling sideways; animations stop if your device asks for it.',
        'Every page is in Italian and in English; what territories write stays in the language it was written in.',
      ],
    },
    {
      title: 'What may not be accessible',
      lines: [],
      items: [
        'The documents of the kits are made by the territories or are on other sites: some may be scans without text. You can ask the territory for a readable version.',
        'The interactive documentation of the API is meant for programmers and was not verified.',
      ],
    },
    {
      title: 'Reporting',
      lines: [
        'If you cannot use a page, write it: say which page it is, what you wanted to do and with which tool.',
        'If no answer comes within thirty days, or if it is not enough, you can turn to the Digital Ombudsman at the Agency for Digital Italy (AgID).',
      ],
    },
    {
      title: 'About this statement',
      lines: ['It is written by those who develop the portal, from their own tests. The body that runs it publishes the statement that the guidelines of AgID provide for.'],
    },
  ],
};
