import type { Rule } from '../rule';
import { addressesSuffice } from './addresses-suffice';
import { autoscalersAndVerticalsAgree } from './autoscalers-and-verticals-agree';
import { budgetsAllowDrains } from './budgets-allow-drains';
import { cpuLimitsFitANode, memoryLimitsFitNodes } from './limits';
import { memoryTargetsCanBeLeft } from './memory-targets-can-be-left';
import { podIdentitiesHaveAccounts } from './pod-identities-have-accounts';
import { podsFitANode } from './pods-fit-a-node';
import { podsHaveOneBudget } from './pods-have-one-budget';
import { quotaCoversThePeak } from './quota-covers-the-peak';
import { referencesExist } from './references-exist';
import { ephemeralStorageCoversThePeak, peakPodsHaveSeats, podsPerNodeCoverThePeak } from './seats';
import { servicesSurviveADrain } from './services-survive-a-drain';
import { spreadAllowsTheMaximum } from './spread-allows-the-maximum';
import { targetsHaveOneAutoscaler } from './targets-have-one-autoscaler';
import { verticalBoundsFitANode } from './vertical-bounds-fit-a-node';

/** Rules about room for pods. */
export const CAPACITY_RULES: readonly Rule[] = [
  podsFitANode,
  peakPodsHaveSeats,
  podsPerNodeCoverThePeak,
  ephemeralStorageCoversThePeak,
  budgetsAllowDrains,
  podsHaveOneBudget,
  servicesSurviveADrain,
  targetsHaveOneAutoscaler,
  autoscalersAndVerticalsAgree,
  memoryTargetsCanBeLeft,
  verticalBoundsFitANode,
  cpuLimitsFitANode,
  memoryLimitsFitNodes,
  spreadAllowsTheMaximum,
  addressesSuffice,
  quotaCoversThePeak,
  podIdentitiesHaveAccounts,
  referencesExist,
];
