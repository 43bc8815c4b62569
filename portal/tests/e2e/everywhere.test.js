// Every page, as everybody who may open it, in both languages, at both widths; and what it says to who may not.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { settled, Site, visitPage } from './browser.js';
import { check } from './checks.js';
import { Life } from './life.js';

const ROLES = { visitor: undefined, member: 'worker', coordinator: 'bitonto', facilitator: 'facilitator', steward: 'steward' };
/** Who may open what says so in `for`. */
const MAY = {
  all: Object.keys(ROLES),
  'signed-in': ['member', 'coordinator', 'facilitator', 'steward'],
  staff: ['facilitator', 'steward'],
  steward: ['steward'],
};

let site;
let life;
let request;
let need;
before(async () => {
  site = await Site.open();
  life = new Life(site);
  request = await life.make({ level: 'MENTORING', to: 'IN_PROGRESS' });
  await life.post(request.conversation.id, life.nardo, 'Ci vediamo giovedì a Palombaio?');
  need = (await life.hub.ask('{ needs(first: 1) { nodes { id } } }')).needs.nodes[0].id;
});
after(() => site?.close());

/** Each route, and an address of it where something is to be seen. */
const ADDRESSES = {
  '/': () => '/',
  '/practices': () => '/practices',
  '/search': () => '/search?q=anziani',
  '/practices/:slug': () => '/practices/emporio-solidale-trani',
  '/find': () => '/find',
  '/needs': () => '/needs',
  '/needs/:id': () => `/needs/${encodeURIComponent(need)}`,
  '/territories': () => '/territories?kind=AMBITO',
  '/territories/:slug': () => '/territories/ambito-troia',
  '/network': () => '/network?of=ambito-maglie',
  '/network/reach': () => '/network/reach',
  '/network/series': () => '/network/series?by=state',
  '/network/lineage': () => '/network/lineage',
  '/accessibility': () => '/accessibility',
  '/privacy': () => '/privacy',
  '/feedback': () => '/feedback',
  '/sign-in': () => '/sign-in',
  '/account': () => '/account',
  '/tasks': () => '/tasks',
  '/notifications': () => '/notifications',
  '/notifications/settings': () => '/notifications/settings',
  '/requests': () => '/requests?list=received',
  '/requests/new': () => '/requests/new?practice=pua-itinerante-troia',
  '/requests/:number': () => `/requests/${request.number}`,
  '/conversations': () => '/conversations',
  '/conversations/new': () => '/conversations/new?to=ambito-nardo',
  '/conversations/:id': () => `/conversations/${encodeURIComponent(request.conversation.id)}`,
  '/our-practices': () => '/our-practices',
  '/our-practices/:slug': () => '/our-practices/incontra-bitonto',
  '/our-needs': () => '/our-needs',
  '/our-needs/new': () => '/our-needs/new',
  '/people': () => '/people',
  '/staff': () => '/staff',
  '/staff/cockpit': () => '/staff/cockpit',
  '/staff/log': () => '/staff/log',
  '/staff/mail': () => '/staff/mail',
  '/staff/mail/addresses': () => '/staff/mail/addresses',
  '/staff/vocabularies': () => '/staff/vocabularies',
  '/staff/synonyms': () => '/staff/synonyms',
  '/staff/territories': () => '/staff/territories',
};

const areas = join(import.meta.dirname, '../../src/pages');
/** The portal's routes, as the areas name them: path and for whom. */
const routes = readdirSync(areas).flatMap((area) =>
  [...readFileSync(join(areas, area, 'routes.ts'), 'utf8').matchAll(/\{ path: '([^']+)'.*?(?:, for: '([^']+)')? \}/g)].map(([, path, whom = 'all']) => ({ path, whom })));

test('every route of the portal is gone through here', () => {
  assert.deepEqual(Object.keys(ADDRESSES).sort(), routes.map(({ path }) => path).sort());
  for (const { path, whom } of routes) assert.ok(MAY[whom], `${path} is for ${whom}`);
});

/** The states of a page, each one step from the one before: so the next page begins where this one ended. */
const STATES = [['it', 1280], ['it', 360], ['en', 360], ['en', 1280]];

async function turnTo(page, [language, width]) {
  await page.setViewportSize({ width, height: 800 });
  if ((await page.evaluate(() => document.documentElement.lang)) === language) return;
  await page.click(`header button[lang=${language}]`);
  await page.waitForFunction((chosen) => document.documentElement.lang === chosen, language);
  await settled(page);
}

describe('every page', { concurrency: 2 }, () => {
  for (const [role, as] of Object.entries(ROLES)) {
    test(`as ${role}`, async () => {
      const page = await site.visit({ as });
      let states = STATES;
      for (const { path, whom } of routes) {
        const address = ADDRESSES[path]();
        const may = MAY[whom].includes(role);
        if (whom !== 'all' && !may) {
          await visitPage(page, address);
          await check(page, `${address} as ${role}, whom it is not for`);
          assert.equal(await page.locator('main form, main .rows, main table').count(), 0, `${address} shows nothing to ${role}`);
          continue;
        }
        await visitPage(page, address);
        for (const [language, width] of states) {
          await turnTo(page, [language, width]);
          await check(page, `${address} as ${role} (${width} px, ${language})`);
        }
        states = states.toReversed();
      }
      await page.context().close();
    });
  }
});
