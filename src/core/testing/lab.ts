// The lab captures with their truth, kept outside the project: made in network namespaces with the kernel's own VXLAN devices. Their
// README says how the truth was obtained without looking at what a comparison looks at.

import { existsSync, readdirSync, readFileSync } from 'node:fs';

const LAB = '../shared/captures/lab';
export const LAB_PRESENT = existsSync(`${LAB}/README.md`);
/** For a test's title: says why it is skipped. */
export const LAB_NOTE = LAB_PRESENT ? '' : ' (skipped: ../shared/captures/lab is not there)';

export interface LabComparison {
  readonly a: string;
  readonly b: string;
  readonly vni?: number | readonly number[];
  readonly pairs: readonly (readonly [number, number | null, string?])[];
  readonly lost: readonly number[];
  readonly onlyInA: readonly number[];
  readonly onlyInB: readonly number[];
  readonly duplicates: readonly (readonly [number, readonly number[]])[];
  readonly fragments?: readonly (readonly [number, readonly number[]])[];
  readonly truncated?: readonly (readonly [number, number, number])[];
  readonly direct: readonly (readonly [number, number, string])[];
  readonly optional?: readonly (readonly [number, number, string])[];
  readonly optionalB?: readonly number[];
}

export interface LabTruth extends LabComparison {
  readonly description: string;
  readonly comparisons?: readonly LabComparison[];
  readonly clockOffsetSeconds: number;
  readonly clockOffsetToleranceSeconds?: number;
  readonly clockDriftPpm?: number;
  readonly identicalGroups?: readonly (readonly number[])[];
  readonly checksumFilled?: readonly number[];
  readonly filter?: unknown;
  /** Source and appliance frame of packets that a NAT rewrote, and how. */
  readonly natted?: readonly (readonly [number, number, string])[];
  readonly frames?: readonly { readonly frame: number; readonly category: string }[];
  readonly ruleOf?: readonly (readonly [number, string])[];
}

export const labScenarios = (): string[] => (LAB_PRESENT ? readdirSync(LAB, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : []);
export const labTruth = (scenario: string): LabTruth => JSON.parse(readFileSync(`${LAB}/${scenario}/truth.json`, 'utf8')) as LabTruth;
export const labFile = (scenario: string, file: string): Uint8Array => readFileSync(`${LAB}/${scenario}/${file}`);
