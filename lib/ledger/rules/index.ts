import type { Rule } from '../rule';
import { CAPACITY_RULES } from './capacity';
import { CLOUD_RULES } from './cloud';
import { NETWORK_RULES } from './network';
import { PROMISE_RULES } from './promises';
import { STORE_AND_TRAFFIC_RULES } from './stores-and-traffic';

/** Every rule, by what it is about; the title is its heading in `docs/rules.md`. */
export const RULE_GROUPS: readonly { readonly title: string; readonly rules: readonly Rule[] }[] = [
  { title: 'Room for pods', rules: CAPACITY_RULES },
  { title: 'Stores and the way of a request', rules: STORE_AND_TRAFFIC_RULES },
  { title: 'Connections and names', rules: NETWORK_RULES },
  { title: 'Limits of the cloud', rules: CLOUD_RULES },
  { title: 'What is promised', rules: PROMISE_RULES },
];

export const RULES: readonly Rule[] = RULE_GROUPS.flatMap(({ rules }) => rules);
