// A real Chromium against the real binary. Each visit is a browser of its own, with what must never happen written down.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';
import { Hub } from '../../../tests/live/hub.js';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const QUIET = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Who can be visited as: the demo's people. */
export const people = {
  nardo: 'coordinamento.nardo@example.invalid',
  bitonto: 'coordinamento.bitonto@example.invalid',
  worker: 'operatrice.bitonto@example.invalid',
  facilitator: 'facilitazione.anci@example.invalid',
  steward: 'regia.regione@example.invalid',
};

/** The databases that main stories are told on; PostgreSQL where `scripts/with-postgres.sh` has started one. */
export const engines = process.env.INNESTO_TEST_POSTGRES_URL ? ['sqlite', 'postgres'] : ['sqlite'];

/** A fresh database on the tests' PostgreSQL, as settings of a hub. */
function freshDatabase() {
  const server = process.env.INNESTO_TEST_POSTGRES_URL;
  const name = `portal_${process.pid}_${Date.now()}`;
  execFileSync('psql', [server, '-qc', `CREATE DATABASE ${name}`]);
  const url = new URL(server);
  url.pathname = name;
  return { INNESTO_DATABASE_URL: url.href };
}

/** A hub and a browser, for all tests of a file: `const site = await Site.open(); … await site.close()`. */
export class Site {
  static async open(engine = 'sqlite') {
    const site = new Site();
    site.hub = await Hub.start(undefined, engine === 'postgres' ? freshDatabase() : {});
    site.base = site.hub.url.replace('/graphql', '');
    site.browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
    return site;
  }

  async close() {
    await this.browser?.close();
    await this.hub?.end();
  }

  /**
   * A fresh browser, signed in as one of `people` where `as` says so: with the person's session of before while it
   * lives (codes are few an hour), unless `anew`. `width` 360 or 1280; `language` it or en.
   */
  async visit({ as, anew = false, width = 1280, language = 'it' } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.base,
      viewport: { width, height: width < 600 ? 740 : 900 },
      locale: language === 'en' ? 'en-GB' : 'it-IT',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const wrongs = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') wrongs.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => wrongs.push(`error: ${error.stack ?? error}`));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(this.base)) wrongs.push(`elsewhere: ${request.url()}`);
    });
    await context.addInitScript((chosen) => {
      if (!localStorage.getItem('innesto.language')) localStorage.setItem('innesto.language', chosen);
      addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
      });
    }, language);
    page.wrongs = wrongs;
    if (as) await this.signIn(page, people[as] ?? as, language, anew);
    return page;
  }

  /** Signs in without the form, which has its own test: code from the demo's mailbox. */
  async signIn(page, email, language = 'it', anew = true) {
    const context = page.context();
    const ask = async (query, variables) => (await context.request.post('/graphql', { data: { query, variables } })).json();
    const speak = async () => {
      const { data } = await ask('mutation($l: Language!) { updateProfile(input: { language: $l }) { userErrors { code } } }', { l: language.toUpperCase() });
      return data?.updateProfile?.userErrors.length === 0;
    };
    this.sessions ??= new Map();
    if (!anew && this.sessions.has(email)) {
      await context.addCookies(this.sessions.get(email));
      if (await speak()) return;
      await context.clearCookies();
    }
    await ask('mutation($e: String!) { requestSignInCode(input: { email: $e }) { userErrors { message } } }', { e: email });
    const code = await this.code(email);
    const { data } = await ask('mutation($c: String!) { signIn(input: { code: $c }) { userErrors { message } } }', { c: code });
    assert.deepEqual(data.signIn.userErrors, []);
    this.sessions.set(email, await context.cookies());
    assert.ok(await speak());
  }

  /** The last code that was sent to an address and not used yet; waits for the mail. */
  async code(email) {
    this.used ??= new Set();
    for (let tries = 0; tries < 400; tries++) {
      const mails = await (await fetch(`${this.base}/dev/mailbox.json`)).json();
      for (const mail of mails.filter((one) => String(one.to).includes(email))) {
        const code = /\b\d{3} ?\d{3}\b/.exec(mail.text)?.[0];
        if (code && !this.used.has(email + code)) {
          this.used.add(email + code);
          return code;
        }
      }
      await new Promise((go) => setTimeout(go, 50));
    }
    throw new Error(`no code came for ${email}`);
  }
}

/** Goes to an address and waits until what it asks for is there. */
export async function visitPage(page, path) {
  await page.goto(path);
  await settled(page);
}

/** Waits until nothing on the page is on its way any more. */
export async function settled(page) {
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('.skeleton, [aria-busy="true"]'));
}
