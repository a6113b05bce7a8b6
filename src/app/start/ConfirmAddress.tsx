import { AppDialog } from '../dialogs/AppDialog.tsx';
import { answer, useUnconfirmed } from './from-address.ts';

/** Asks before anything is fetched from another origin than this page's. */
export function ConfirmAddress() {
  const [address] = useUnconfirmed((state) => state.addresses);
  if (address === undefined) return null;
  const { host } = new URL(address);
  return (
    <AppDialog title={`Fetch a capture from ${host}?`} open role="alertdialog" onClose={() => answer(false)}>
      <div className="dialog-body">
        <p>The link that brought you here asks for <span className="mono">{address}</span>. {host} learns that this browser asked for it, and nothing about captures that are open here.</p>
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={() => answer(false)}>Don’t fetch</button>
        <button type="button" className="button primary" onClick={() => answer(true)}>Fetch from {host}</button>
      </div>
    </AppDialog>
  );
}
