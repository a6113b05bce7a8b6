import { PropertiesDialog } from '../captures/PropertiesDialog.tsx';
import { NamesDialog } from '../compare/NamesDialog.tsx';
import { RulesDialog } from '../mirror/RulesDialog.tsx';
import { CommentsDialog } from '../packets/CommentsDialog.tsx';
import { WhatIfDialogs } from '../mirror/WhatIfDialogs.tsx';

/** The dialogs about open captures: the start page does without. */
export function CaptureDialogs() {
  return <><RulesDialog /><WhatIfDialogs /><NamesDialog /><CommentsDialog /><PropertiesDialog /></>;
}
