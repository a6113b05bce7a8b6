import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

// What no code beside captures may reach: in core because it is pure, in the workers because they hold the captures.
const network = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'importScripts'];
const surroundings = ['window', 'document', 'navigator', 'self', 'process', 'localStorage', 'indexedDB', 'postMessage', 'Worker'];
const named = (names, why) => names.map((name) => ({ name, message: why }));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  {
    files: ['src/**/*.{ts,tsx}', 'e2e/**/*.ts', '*.config.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/app/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { ...reactHooks.configs.recommended.rules, 'max-lines-per-function': ['error', { max: 110, skipComments: true, skipBlankLines: true }] },
  },
  {
    files: ['src/core/**/*.ts'],
    ignores: ['src/core/**/*.{test,bench}.ts', 'src/core/testing/**'],
    rules: { 'no-restricted-globals': ['error', ...named([...network, ...surroundings], 'core is pure: no page, no Node, no worker, no network')] },
  },
  {
    files: ['src/worker/**/*.ts'],
    ignores: ['src/worker/**/*.test.ts', 'src/worker/fetcher/**', 'src/worker/lockdown.ts'],
    rules: { 'no-restricted-globals': ['error', ...named(network, 'a worker that holds captures has no way out')] },
  },
  { files: ['src/app/**/*.{ts,tsx}'], rules: { 'no-restricted-properties': ['error', { property: 'dangerouslySetInnerHTML', message: 'nothing from a capture is markup' }] } },
  { files: ['src/cli/**', 'src/**/*.bench.ts', 'src/**/*.fuzz.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.{test,spec,bench,fuzz}.{ts,tsx}', 'e2e/**'], rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-member-access': 'off' } },
);
