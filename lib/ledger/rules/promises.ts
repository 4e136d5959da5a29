import type { Rule } from '../rule';
import { environmentsAgree } from './environments-agree';
import { recoveryPointsMeetRpo, recoveryTimesMeetRto } from './recovery-promises';
import { storeCapacityCoversCeilings } from './store-capacity-covers-ceilings';

/** Rules about what is promised: load, recovery, and environments that resemble one another. */
export const PROMISE_RULES: readonly Rule[] = [
  storeCapacityCoversCeilings,
  recoveryPointsMeetRpo,
  recoveryTimesMeetRto,
  environmentsAgree,
];
