import { useEffect, useState, type ReactNode } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import { counted } from '../../core/format/number.ts';
import type { CaptureProperties } from '../../worker/protocol.ts';
import { AppDialog } from '../dialogs/AppDialog.tsx';
import { closeDialog, useDialog } from '../dialogs/dialogs.ts';
import { useShownCapture, type CaptureId } from '../stores/captures.ts';
import { callCapture } from '../stores/workers.ts';

/** What the shown capture says of itself: its interfaces and what they counted, names, and which keys it brings. */
export function PropertiesDialog() {
  const open = useDialog((dialog) => dialog.open === 'properties');
  const capture = useShownCapture();
  return <AppDialog title={`Properties of ${capture?.name ?? 'the capture'}`} className="properties-modal" open={open && capture !== undefined} onClose={closeDialog}>{capture && <Properties key={capture.id} capture={capture.id} />}</AppDialog>;
}

/** Null until they are there, and words where they cannot be had. */
function useProperties(capture: CaptureId): CaptureProperties | string | null {
  const [found, setFound] = useState<CaptureProperties | string | null>(null);
  useEffect(() => {
    let late = false;
    callCapture(capture, 'properties', {}).then((properties) => { if (!late) setFound(properties); }, (error: unknown) => {
      if (!(error instanceof FaultError)) throw error;
      if (!late) setFound(`${error.fault.what}. ${error.fault.next}`);
    });
    return () => { late = true; };
  }, [capture]);
  return found;
}

function Properties({ capture }: { capture: CaptureId }) {
  const found = useProperties(capture);
  if (found === null || typeof found === 'string') return <p className="empty dialog-body" role="status">{found ?? 'Loading …'}</p>;
  const { format, bytes, packets, commented, interfaces, names, secrets } = found;
  return (
    <div className="dialog-body properties" tabIndex={0} role="group" aria-label="Properties">
      <dl>
        <Line name="Format">{format}</Line>
        <Line name="Size">{counted(bytes, 'byte')}</Line>
        <Line name="Packets">{packets.toLocaleString('en-US')}{commented > 0 && `, ${commented.toLocaleString('en-US')} with comments`}</Line>
        {secrets.length > 0 && <Line name="Secrets">{secrets.map((each, i) => <span key={i} className="properties-line">{each}</span>)}</Line>}
      </dl>
      <table aria-label="Interfaces">
        <thead><tr><th scope="col">Interface</th><th scope="col">Link type</th><th scope="col">Packets</th><th scope="col">What else is known</th></tr></thead>
        <tbody>{interfaces.map(({ name, description, linkType, snaplen, filter, os, packets: own, counts }, i) => (
          <tr key={i}>
            <th scope="row">{name || `interface ${i}`}</th><td>{linkType}</td><td>{own.toLocaleString('en-US')}</td>
            <td>{[description, snaplen > 0 ? `at most ${counted(snaplen, 'byte')} of a packet` : '', filter === '' ? '' : `filter: ${filter}`, os, counts].filter(Boolean).map((each) => <span key={each} className="properties-line">{each}</span>)}</td>
          </tr>
        ))}</tbody>
      </table>
      {names.length > 0 && (
        <table aria-label="Names in the file">
          <thead><tr><th scope="col">Address</th><th scope="col">Names in the file</th></tr></thead>
          <tbody>{names.map(({ address, names: own }, i) => <tr key={i}><th scope="row" className="mono">{address}</th><td>{own}</td></tr>)}</tbody>
        </table>
      )}
    </div>
  );
}

const Line = ({ name, children }: { name: string; children: ReactNode }) => <div><dt>{name}</dt><dd>{children}</dd></div>;
