// Pictures of the main pages at both widths, into portal/screenshots: to be looked at before a change lands.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Site, visitPage } from './browser.js';
import { Life } from './life.js';

const folder = join(import.meta.dirname, '../../screenshots');
/** Those that the README shows: only what is seen without scrolling. */
const SHOWN = ['home-1280', 'practices-1280', 'practice-1280', 'request-1280', 'tasks-1280', 'conversation-360'];
mkdirSync(join(folder, 'readme'), { recursive: true });
const site = await Site.open();
try {
  const life = new Life(site);
  const open = await life.make({ slug: 'incontra-bitonto', level: 'MENTORING', to: 'IN_PROGRESS' });
  await life.post(open.conversation.id, life.bitonto, 'Ci vediamo giovedì alle 10 a Palombaio? Portiamo il **capitolato** e lo schema di convenzione.');
  await life.post(open.conversation.id, life.nardo, 'Benissimo. Veniamo in tre: Ufficio di Piano, servizio sociale e una cooperativa.');
  const other = await life.make({ slug: 'incentro-bitonto' });

  /** What is pictured: name, address, as whom. */
  const shots = [
    ['home', '/'],
    ['practices', '/practices'],
    ['practice', '/practices/pua-itinerante-troia'],
    ['search', '/practices?q=anziani+soli'],
    ['find', '/find?text=anziani+soli+nelle+frazioni'],
    ['needs', '/needs'],
    ['territories', '/territories'],
    ['territory', '/territories/ambito-nardo'],
    ['network', '/network'],
    ['network-series', '/network/series'],
    ['sign-in', '/sign-in'],
    ['accessibility', '/accessibility'],
    ['tasks', '/tasks', 'bitonto'],
    ['new-request', '/requests/new?practice=pua-itinerante-troia', 'nardo'],
    ['request', `/requests/${open.number}`, 'nardo'],
    ['request-to-answer', `/requests/${other.number}`, 'bitonto'],
    ['conversation', `/conversations/${open.conversation.id}`, 'bitonto'],
    ['editor', '/our-practices/incontra-bitonto', 'bitonto'],
    ['our-needs', '/our-needs', 'nardo'],
    ['people', '/people', 'bitonto'],
    ['account', '/account', 'worker'],
    ['notifications', '/notifications', 'nardo'],
    ['notification-settings', '/notifications/settings', 'nardo'],
    ['staff', '/staff', 'steward'],
    ['mail-log', '/staff/mail', 'steward'],
    ['suspended-addresses', '/staff/mail/addresses', 'steward'],
    ['log', '/staff/log', 'steward'],
    ['vocabularies', '/staff/vocabularies', 'steward'],
  ];
  for (const width of [360, 1280]) {
    const visits = new Map();
    for (const [name, address, as] of shots) {
      if (!visits.has(as)) visits.set(as, await site.visit({ as, width }));
      const page = visits.get(as);
      await visitPage(page, address);
      await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
      if (SHOWN.includes(`${name}-${width}`)) await page.screenshot({ path: join(folder, 'readme', `${name}-${width}.png`) });
    }
    for (const page of visits.values()) await page.context().close();
  }
  process.stdout.write(`pictures in ${folder}\n`);
} finally {
  await site.close();
}
