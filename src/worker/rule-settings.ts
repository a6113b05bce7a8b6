import { STOCK_SETTINGS, type RuleSettings } from '../core/rules/settings/settings.ts';
import type { RulesRequest } from './protocol.ts';

/** Suricata's own settings with the switches of the page. */
export const settingsOf = ({ vxlanDecoding, ips, ours }: Pick<RulesRequest, 'vxlanDecoding' | 'ips' | 'ours'>): RuleSettings => ({ ...STOCK_SETTINGS, ips, ours, tunnels: { ...STOCK_SETTINGS.tunnels, vxlan: vxlanDecoding } });
