import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { loadSamples } from './start/samples.ts';
import { followView } from './stores/view.ts';

followView();
void loadSamples();
const root = document.getElementById('app');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
