import type { Rule } from '../rule';
import { accountsHaveOneIdentity } from './accounts-have-one-identity';
import { apisAreServed } from './apis-are-served';
import { backendsAreServices } from './backends-are-services';
import { cloudNamesAreDefined } from './cloud-names-are-defined';
import { declaredConnectionsAreOpen } from './declared-connections-are-open';
import { kindsAreDefined } from './kinds-are-defined';
import { monitorsFindServices } from './monitors-find-services';
import { policiesHaveAnEnforcer } from './policies-have-an-enforcer';
import { scaleTargetsExist } from './scale-targets-exist';
import { secretsAreInTheStore } from './secrets-are-in-the-store';
import { servicesSelectPods } from './services-select-pods';
import { versionsAreWithinSkew } from './versions-are-within-skew';

/** Rules about who may speak to whom, and about names that two sides use. */
export const NETWORK_RULES: readonly Rule[] = [
  policiesHaveAnEnforcer,
  declaredConnectionsAreOpen,
  secretsAreInTheStore,
  cloudNamesAreDefined,
  servicesSelectPods,
  backendsAreServices,
  scaleTargetsExist,
  monitorsFindServices,
  kindsAreDefined,
  apisAreServed,
  versionsAreWithinSkew,
  accountsHaveOneIdentity,
];
