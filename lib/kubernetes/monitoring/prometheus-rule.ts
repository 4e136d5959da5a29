import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsName } from '../../check';
import type { RuleGroup } from '../../model';
import { type Labels, standardLabels } from '../labels';

/** Rules, and the object that carries them. */
export interface PrometheusRuleProps {
  /** Name of the object (DNS name). */
  readonly name: string;
  /** Groups with distinct names, each with at least one rule; at least one group. */
  readonly groups: readonly RuleGroup[];
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
  /** Labels beside the standard ones: what a Prometheus selects rules by. @default - none */
  readonly labels?: Labels;
}

const names = ({ groups }: PrometheusRuleProps): string[] => groups.map(({ name }) => name);

/** What is said about the object; its expressions are for Prometheus to judge. */
export const PROMETHEUS_RULE_CHECKS: readonly Check<PrometheusRuleProps>[] = [
  {
    id: 'prometheus-rule-name-is-a-dns-name',
    prop: 'name',
    holds: ({ name }) => isDnsName(name),
    rule: 'must be labels of a-z, 0-9 and inner hyphens, joined by dots',
    remedy: 'use a name such as shop-alerts',
  },
  {
    id: 'prometheus-rule-has-rules',
    prop: 'groups',
    holds: ({ groups }) => groups.length > 0 && groups.every(({ rules }) => rules.length > 0),
    rule: 'must be at least one group, each with at least one rule',
    received: ({ groups }) => groups.map(({ name, rules }) => `${name}: ${rules.length} rules`),
    remedy: 'leave out what is empty',
  },
  {
    id: 'prometheus-rule-groups-are-distinct',
    prop: 'groups',
    holds: (props) => new Set(names(props)).size === names(props).length,
    rule: 'must have distinct names',
    received: names,
    remedy: 'join groups of one name',
  },
];

/**
 * Rules that the Prometheus operator hands to every Prometheus that selects them: the same, to the letter, as a plain file of
 * the groups.
 *
 * @example
 * new PrometheusRule(chart, 'Alerts', { name: 'shop', groups: environmentRules('shop', production) });
 */
export class PrometheusRule extends Construct {
  /** Findings about the props; builds nothing. */
  static inspect(path: string, props: PrometheusRuleProps): Finding[] {
    return inspect(path, props, PROMETHEUS_RULE_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: PrometheusRuleProps) {
    super(scope, id);
    const { name, groups, partOf, labels } = props;
    enforce(this, PrometheusRule.inspect(this.node.path, props));
    new ApiObject(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name, labels: { ...standardLabels(name, 'alerts', partOf), ...labels } },
      spec: { groups },
    });
  }
}
