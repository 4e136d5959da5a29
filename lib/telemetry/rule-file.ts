import { yamlText } from '../config';
import type { RuleGroup } from '../model';

/** A file of rules as Prometheus reads it. */
export const ruleFile = (groups: readonly RuleGroup[]): string => yamlText({ groups });
