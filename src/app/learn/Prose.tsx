import Markdown, { type Components } from 'react-markdown';
import { goToStep } from '../stores/lesson.ts';
import { applyFilter } from '../stores/filter.ts';
import { useRules } from '../stores/rules.ts';
import { showTab } from '../stores/view.ts';

/** What a block of code can be used for, by the word behind its three ticks. */
const USES: Readonly<Record<string, readonly [label: string, use: (text: string) => void]>> = {
  filter: ['Apply this filter', (text) => { showTab('packets'); applyFilter(text); }],
  rules: ['Put these rules into the editor', (text) => { showTab('rules'); useRules.setState({ text: `${text}\n` }); }],
};

/** "Hint" and "Solution" as headings: what is under them is folded. */
const FOLDED = /^#{1,6} +(Hint|Solution) *$/m;

/** Links stay in the lessons, or open a page of their own; markup and pictures from elsewhere do not. */
const COMPONENTS: Components = {
  a: ({ href, children }) => {
    const step = /^#([\w.-]+)$/.exec(href ?? '')?.[1];
    return step === undefined ? <a href={href} target="_blank" rel="noreferrer">{children}</a> : <button type="button" className="link" onClick={() => goToStep(step)}>{children}</button>;
  },
  img: ({ alt }) => <em>{alt}</em>,
  pre: ({ node, children }) => {
    const code = node?.children[0];
    const [name] = code?.type === 'element' && Array.isArray(code.properties.className) ? code.properties.className : [];
    const text = code?.type === 'element' && code.children[0]?.type === 'text' ? code.children[0].value.trimEnd() : '';
    const [label, use] = USES[String(name).replace('language-', '')] ?? [];
    return <div className="lesson-code"><pre>{children}</pre>{label && use && <button type="button" className="button small" onClick={() => use(text)}>{label}</button>}</div>;
  },
};

/** Markdown of the build, as text: nothing in it becomes markup of its own. */
export function Prose({ text }: { text: string }) {
  const parts = text.split(new RegExp(FOLDED, 'gm'));
  return (
    <div className="prose">
      <Markdown components={COMPONENTS}>{parts[0]}</Markdown>
      {parts.slice(1).flatMap((part, at) => (at % 2 === 0 ? [<details key={part} className="folded"><summary>{part}</summary><Markdown components={COMPONENTS}>{parts[at + 2]}</Markdown></details>] : []))}
    </div>
  );
}
