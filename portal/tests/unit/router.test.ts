import { describe, expect, test, vi } from 'vitest';

vi.stubGlobal('location', { pathname: '/', search: '', origin: 'http://hub.invalid' });
vi.stubGlobal('window', { location: globalThis.location });
vi.stubGlobal('addEventListener', () => {});
const { match } = await import('../../src/lib/router.svelte');

const load = () => Promise.reject(new Error('not loaded here'));
const routes = [
  { path: '/', load },
  { path: '/practices', load },
  { path: '/practices/new', load },
  { path: '/practices/:slug', load },
];

describe('an address finds its page', () => {
  test.each([
    ['/', '/', {}],
    ['/practices', '/practices', {}],
    ['/practices/', '/practices', {}],
    ['/practices/new', '/practices/new', {}],
    ['/practices/incontra-bitonto', '/practices/:slug', { slug: 'incontra-bitonto' }],
    ['/practices/citt%C3%A0', '/practices/:slug', { slug: 'città' }],
  ])('%s', (path, expected, props) => {
    expect(match(routes, path)).toMatchObject({ route: { path: expected }, props });
  });

  test.each(['/nowhere', '/practices/a/b', '/practices/%E0%A4%A'])('%s has none', (path) => {
    expect(match(routes, path)).toBeUndefined();
  });
});
