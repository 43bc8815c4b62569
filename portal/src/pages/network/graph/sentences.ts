/** What the numbers of the network say, in sentences that need no statistics. */
import { number, share } from '../../../lib/format';
import { withArticle } from '../../../lib/italian';
import type { Graph } from './types';

type Metrics = Graph['metrics'];
export interface Sentence {
  number: string;
  text: string;
  meaning: string;
  /** Where more of it is told, and the name of the link there. */
  more?: readonly [href: string, name: string];
}

const days = (value: number | null): string => (value === null ? '–' : number(value, 1));
const openOf = ({ requests: r }: Metrics): number => r.sent + r.acknowledged + r.accepted + r.inProgress;
const yearOf = ({ survival }: Metrics) => survival.find(({ months }) => months === 12) ?? survival.at(-1);
const halfOf = ({ survival }: Metrics) => survival.find(({ months }) => months === 6);

export function it(m: Metrics): Sentence[] {
  const [half, year] = [halfOf(m), yearOf(m)];
  return [
    { number: `${m.reach} su ${m.ambiti}`, text: 'Ambiti hanno chiesto o dato una pratica, da soli o con un loro Comune.', meaning: 'Misura quanto la rete è di tutti: chi non compare non ha ancora né chiesto né dato.', more: ['/network/reach', 'Quali'] },
    { number: number(m.requests.total, 0), text: `richieste di copiare una pratica: ${openOf(m)} aperte, ${m.requests.completed} concluse, ${m.requests.declined + m.requests.expired} rifiutate o scadute.`, meaning: 'Ogni richiesta è contata una volta, nel mese in cui è partita e nello stato in cui è oggi.', more: ['/network/series', 'Mese per mese'] },
    { number: number(m.replications, 0), text: m.replications === 1 ? 'copia di una pratica in un altro territorio.' : 'copie di pratiche in altri territori.', meaning: 'Conta le pratiche nate da una richiesta e quelle che chi ha l’originale ha riconosciuto come copie.', more: ['/network/lineage', 'Quali pratiche'] },
    ...(m.waiting.medianDays === null ? [] : [{ number: `${days(m.waiting.medianDays)} giorni`, text: 'Metà delle richieste ha avuto un sì o un no entro questo tempo.', meaning: `Un quarto ha aspettato al massimo ${days(m.waiting.lowerQuartileDays)} giorni, tre quarti al massimo ${days(m.waiting.upperQuartileDays)}. Sono giorni di calendario; contano le ${m.waiting.answered} richieste con una risposta.` }] satisfies Sentence[]),
    ...(m.busiest && m.busiestShare !== null ? [{ number: share(m.busiestShare), text: `delle richieste va a un solo territorio, ${withArticle('il', m.busiest.fullName)}.`, meaning: 'Se molte richieste vanno a uno solo, la rete dipende da lui: conviene che altri con pratiche simili si offrano.', more: [`/territories/${m.busiest.slug}`, 'La sua pagina'] }] satisfies Sentence[] : []),
    ...(m.reciprocity === null ? [] : [{ number: share(m.reciprocity), text: 'degli scambi va nei due sensi: chi ha chiesto ha anche dato.', meaning: 'Quante delle coppie «chi chiede, a chi» hanno anche la coppia contraria. Bassa è normale: chi sa fare una cosa è chiamato da chi non la sa fare.' }] satisfies Sentence[]),
    { number: m.components === 1 ? 'Una sola rete' : `${m.components} parti`, text: m.components === 1 ? 'Tutti sono collegati, direttamente o tramite altri.' : `non collegate tra loro; la più grande ha ${m.largestComponent} territori.`, meaning: 'Una parte è chi è raggiungibile passando da uno scambio all’altro. Chi ha pratiche ma nessuno scambio fa parte a sé.' },
    ...(year && year.share !== null ? [{ number: share(year.share), text: `delle copie funziona ancora dopo ${year.months} mesi (${year.running} su ${year.known}).`, meaning: `Lo dice chi ha copiato, a cui il servizio lo chiede dopo 6 e dopo 12 mesi.${half && half.share !== null ? ` Dopo 6 mesi: ${share(half.share)} (${half.running} su ${half.known}).` : ''}` }] satisfies Sentence[] : []),
  ];
}

export function en(m: Metrics): Sentence[] {
  const [half, year] = [halfOf(m), yearOf(m)];
  return [
    { number: `${m.reach} of ${m.ambiti}`, text: 'Ambiti have asked for or given a practice, themselves or one of their Comuni.', meaning: 'It tells how much the network is everybody’s: who is missing has neither asked nor given yet.', more: ['/network/reach', 'Which'] },
    { number: number(m.requests.total, 0), text: `requests to copy a practice: ${openOf(m)} open, ${m.requests.completed} completed, ${m.requests.declined + m.requests.expired} declined or expired.`, meaning: 'Each request counts once, in the month it was sent and in the state it is in today.', more: ['/network/series', 'Month by month'] },
    { number: number(m.replications, 0), text: m.replications === 1 ? 'copy of a practice in another territory.' : 'copies of practices in other territories.', meaning: 'It counts the practices born of a request and those that the original’s owner has recognised as copies.', more: ['/network/lineage', 'Which practices'] },
    ...(m.waiting.medianDays === null ? [] : [{ number: `${days(m.waiting.medianDays)} days`, text: 'Half of the requests had a yes or a no within this time.', meaning: `A quarter waited at most ${days(m.waiting.lowerQuartileDays)} days, three quarters at most ${days(m.waiting.upperQuartileDays)}. Days of the calendar; the ${m.waiting.answered} requests with an answer count.` }] satisfies Sentence[]),
    ...(m.busiest && m.busiestShare !== null ? [{ number: share(m.busiestShare), text: `of the requests go to one territory, ${m.busiest.fullName}.`, meaning: 'Where many requests go to one, the network depends on it: others with similar practices should offer themselves.', more: [`/territories/${m.busiest.slug}`, 'Its page'] }] satisfies Sentence[] : []),
    ...(m.reciprocity === null ? [] : [{ number: share(m.reciprocity), text: 'of the exchanges go both ways: who asked has given too.', meaning: 'How many of the pairs “who asks, whom” have the opposite pair as well. Low is usual: who can do a thing is asked by who cannot.' }] satisfies Sentence[]),
    { number: m.components === 1 ? 'One network' : `${m.components} parts`, text: m.components === 1 ? 'All are joined, directly or by way of others.' : `that are not joined; the largest has ${m.largestComponent} territories.`, meaning: 'A part is who can be reached going from exchange to exchange. Who has practices but no exchange is a part of its own.' },
    ...(year && year.share !== null ? [{ number: share(year.share), text: `of the copies still run after ${year.months} months (${year.running} of ${year.known}).`, meaning: `Those who copied say so: the service asks them after 6 and after 12 months.${half && half.share !== null ? ` After 6 months: ${share(half.share)} (${half.running} of ${half.known}).` : ''}` }] satisfies Sentence[] : []),
  ];
}
