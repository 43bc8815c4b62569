import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { boundaries } from './scripts/boundaries.js';
import { compress } from './scripts/compress.js';
import { documents } from './scripts/documents.js';
import { purge } from './scripts/purge.js';
import { sprite } from './scripts/sprite.js';

export default defineConfig({
  plugins: [sprite(), boundaries(), svelte(), purge(), documents(), compress()],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: { host: '127.0.0.1', proxy: { '/graphql': 'http://127.0.0.1:8080', '/documents': 'http://127.0.0.1:8080' } },
  test: { environment: 'node', include: ['tests/unit/**/*.test.ts'] },
});
