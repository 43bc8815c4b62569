/** What is said of the e-mails that told others of something. */
import { withArticle } from '../../lib/italian';

export const it = {
  title: 'E-mail di avviso',
  /** The hub's words for a recipient begin with an article: "un referente della pratica", "la casella del territorio". */
  line: (recipient: string, territory: string | undefined, sentence: string) =>
    `E-mail ${recipient.startsWith('la ') ? 'al' : 'a '}${recipient}${territory ? `, per ${withArticle('il', territory)}` : ''}: ${sentence}`,
  more: (count: number) => (count === 1 ? 'e un’altra' : `e altre ${count}`),
};

export const en: typeof it = {
  title: 'E-mails about it',
  line: (recipient, territory, sentence) => `E-mail to ${recipient}${territory ? `, for ${territory}` : ''}: ${sentence}`,
  more: (count) => (count === 1 ? 'and one more' : `and ${count} more`),
};
