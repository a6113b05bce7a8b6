import { contentModifier } from './content-modifier.ts';

/** Accepted for the sake of old rules, as Suricata does: its contents look at raw bytes in any case. */
export const rawbytes = contentModifier({ name: 'rawbytes', summary: 'Does nothing; old rules have it.', form: 'rawbytes;', value: 'none', apply: () => {} });
