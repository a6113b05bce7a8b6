import { useRef } from 'react';
import { useReference } from '../stores/reference.ts';
import { Finder } from './Finder.tsx';
import { Loading } from './Loading.tsx';
import { useReferencePages } from './pages.ts';
import { ProtocolPage } from './ProtocolPage.tsx';
import { find } from './search.ts';

/** What can be looked up on the left, what is said of it on the right. */
export default function ReferenceBrowser() {
  const pages = useReferencePages();
  const at = useReference((reference) => reference.at) ?? '';
  const article = useRef<HTMLElement>(null);
  if (!pages) return <Loading />;
  const hit = find(pages, at);
  return (
    <div className="reference">
      <Finder pages={pages} at={hit ? (hit.field?.name ?? hit.page.name) : ''} onEnter={() => article.current?.focus()} />
      {hit
        ? <ProtocolPage key={hit.page.name} ref={article} page={hit.page} field={hit.field?.name ?? ''} />
        : <article className="reference-page" aria-label="Nothing of this name"><p className="empty">Nothing here is called {at}. Search for it by another word: of its name, its title or its values.</p></article>}
    </div>
  );
}
