import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { checkFeatures } from './features.ts';
import { registerAppCommands } from './commands/app-commands.ts';
import { openFromAddress } from './start/from-address.ts';
import { loadSamples } from './start/samples.ts';
import { followView } from './stores/view.ts';
import { warmCaptureWorker } from '../worker/client.ts';
import { followTheme } from './theme.ts';
import { followUpdates } from './update.ts';
import { followAddress } from './url/sync.ts';
import { loadViews } from './capture-views.tsx';

/** Safari knows no idle time. */
const whenIdle = (work: () => void): unknown => ('requestIdleCallback' in window ? requestIdleCallback(work) : setTimeout(work, 300));

followTheme();
followView();
registerAppCommands();
followAddress();
if (checkFeatures()) {
  warmCaptureWorker();
  followUpdates();
  void loadSamples();
  whenIdle(() => void loadViews());
  openFromAddress(location.search);
}
const root = document.getElementById('app');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
