import { BookOpen } from 'lucide-react';
import { openReferenceHere } from './open-here.ts';

export const ReferenceButton = () => <button type="button" className="button quiet icon" aria-label="Protocol reference" title="Protocol reference (R)" onClick={openReferenceHere}><BookOpen size={16} aria-hidden /></button>;
