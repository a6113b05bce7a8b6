// The floors of the house: imports go downward only. `npm run imports` runs these rules and also demands that files were seen,
// since a cruise over nothing passes as well.

const core = (...names) => `^src/core/(${names.join('|')})/`;
const test = '\\.(test|bench|fuzz)\\.tsx?$';

/** What a floor of core may import: itself and the named ones. */
const floor = (name, ...below) => ({
  name: `core-${name}`, severity: 'error', comment: `core/${name} may import only: ${[name, ...below].join(', ')}`,
  from: { path: core(name), pathNot: test },
  to: { path: '^src/', pathNot: core(name, ...below) },
});

const base = ['base', 'bytes', 'format'];
const dissection = [...base, 'dissect', 'protocols'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'core-is-pure', severity: 'error', comment: 'core knows no Node, React, page or worker',
      from: { path: '^src/core/', pathNot: `${test}|^src/core/testing/` }, to: { path: '^(node:|src/(app|worker|cli)/)|node_modules/(react|zustand|@tanstack|@codemirror|lucide)', dependencyTypesNot: [] } },
    { name: 'core-no-node', severity: 'error', from: { path: '^src/core/', pathNot: `${test}|^src/core/testing/` }, to: { dependencyTypes: ['core'] } },
    { name: 'testing-is-for-tests', severity: 'error', from: { path: '^src/', pathNot: `${test}|/testing/` }, to: { path: '^src/core/testing/' } },
    floor('base'),
    floor('bytes', 'base'),
    floor('format', 'base', 'bytes'),
    floor('capture', ...base),
    floor('table', ...base, 'capture'),
    floor('index', ...base, 'capture', 'table'), // never dissect: it is the second witness
    floor('dissect', ...base),
    floor('protocols', ...base, 'dissect'),
    floor('build', ...dissection),
    floor('filter', ...dissection, 'capture', 'table'),
    floor('rules', ...dissection, 'capture', 'table'),
    floor('mirror', ...dissection, 'capture', 'build', 'export'),
    floor('envelope', ...dissection, 'build', 'mirror', 'rules'),
    floor('compare', ...dissection, 'capture', 'table', 'index', 'mirror'),
    floor('stats', ...base, 'capture', 'table'),
    floor('export', ...base, 'capture', 'table'),
    { name: 'app-talks-to-the-worker', severity: 'error', comment: 'value imports of app: worker/client and core/format only; the rest is `import type`',
      from: { path: '^src/app/', pathNot: test }, to: { path: '^src/(core|worker|cli)/', pathNot: '^src/(worker/client|core/(format|base)/)', dependencyTypesNot: ['type-only'] } },
    { name: 'worker-knows-no-app', severity: 'error', from: { path: '^src/worker/' }, to: { path: '^src/(app|cli)/' } },
    { name: 'cli-on-core', severity: 'error', from: { path: '^src/cli/' }, to: { path: '^src/(app|worker)/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
};
