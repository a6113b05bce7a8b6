import { lazy, Suspense } from 'react';
import { AppDialog } from '../dialogs/AppDialog.tsx';
import { closeReference, useReference } from '../stores/reference.ts';
import { Loading } from './Loading.tsx';
import './reference.css';

const Browser = lazy(() => import('./ReferenceBrowser.tsx'));

/** The reference over the page, while it is open at something. */
export function ReferenceDialog() {
  const open = useReference(({ at }) => at !== null);
  return (
    <AppDialog title="Protocol reference" className="reference-modal" open={open} onClose={closeReference}>
      <Suspense fallback={<Loading />}><Browser /></Suspense>
    </AppDialog>
  );
}
