import { useEffect, useState } from 'react';
import { tellText } from '../stores/trouble.ts';
import { openFiles } from './open.ts';

const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') ?? false;

/** The files of a drop. A folder comes as a file that cannot be read: it is told and left out. */
function filesIn(data: DataTransfer | null): File[] {
  const folders = new Set(Array.from(data?.items ?? []).flatMap((item) => { const entry = item.webkitGetAsEntry(); return entry?.isDirectory ? [entry.name] : []; }));
  for (const name of folders) tellText(`${name} is a folder. Drop the captures that are in it.`);
  return Array.from(data?.files ?? []).filter(({ name }) => !folders.has(name));
}

/** Takes files that are dropped anywhere or pasted; while they hang over the page, says so. */
export function DropOverlay() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const ends = new AbortController();
    const on = <E extends keyof DocumentEventMap>(type: E, listener: (event: DocumentEventMap[E]) => void): void => document.addEventListener(type, listener, { signal: ends.signal });
    const hover = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault(); // without it the browser opens the file in place of this page
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    on('dragenter', hover);
    on('dragover', hover);
    on('dragleave', ({ relatedTarget }) => { if (relatedTarget === null) setOver(false); }); // null: out of the window, not onto another element
    on('drop', (event) => {
      setOver(false);
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      void openFiles(filesIn(event.dataTransfer));
    });
    on('paste', (event) => {
      const files = Array.from(event.clipboardData?.files ?? []);
      if (files.length === 0) return;
      event.preventDefault();
      void openFiles(files);
    });
    return () => ends.abort();
  }, []);
  return over && <div className="drop-overlay" aria-hidden="true"><p>Drop to open</p><p className="dim">pcap, pcapng, snoop or ERF, compressed too. Nothing is uploaded.</p></div>;
}
