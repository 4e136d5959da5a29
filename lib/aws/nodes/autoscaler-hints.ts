import { AutoscalingGroupTagA } from '@cdktf/provider-aws/lib/autoscaling-group-tag';
import { Construct } from 'constructs';
import type { Taint } from '../../model';
import { Memory } from '../../units';

/** What a node of the group will be like. */
export interface AutoscalerHintsProps {
  /** Auto Scaling group behind the node group. */
  readonly autoScalingGroup: string;
  /** Name by which the autoscaler discovers the groups of its cluster. */
  readonly cluster: string;
  /** Labels of the nodes. */
  readonly labels: Readonly<Record<string, string>>;
  /** Taints of the nodes. */
  readonly taints: readonly Taint[];
  /** Root volume; a tenth of it and 1 GiB are not for pods. */
  readonly rootVolume: Memory;
}

const TEMPLATE = 'k8s.io/cluster-autoscaler/node-template';

/** Kubelet keeps 1 GiB of the root volume for the system, and evicts pods when less than a tenth is free. */
const ephemeralStorage = (rootVolume: Memory): Memory =>
  Memory.gib(Math.floor((rootVolume.inBytes * 9) / 10 / Memory.gib(1).inBytes) - 1);

/**
 * Tells Cluster Autoscaler what a node of the group will be like while the group has none.
 * Tags of a managed node group do not reach its Auto Scaling group, so they are put there one by one.
 */
export class AutoscalerHints extends Construct {
  /** Makes one tag for each fact, none of them copied to instances. */
  constructor(scope: Construct, id: string, props: AutoscalerHintsProps) {
    super(scope, id);
    const { cluster, labels, taints, rootVolume } = props;

    const tag = (name: string, key: string, value: string) =>
      new AutoscalingGroupTagA(this, name, {
        autoscalingGroupName: props.autoScalingGroup,
        tag: { key, value, propagateAtLaunch: false },
      });
    tag('Enabled', 'k8s.io/cluster-autoscaler/enabled', 'true');
    tag('Cluster', `k8s.io/cluster-autoscaler/${cluster}`, 'owned');
    tag('EphemeralStorage', `${TEMPLATE}/resources/ephemeral-storage`, ephemeralStorage(rootVolume).toString());
    for (const [key, value] of Object.entries(labels)) tag(`Label-${key}`, `${TEMPLATE}/label/${key}`, value);
    for (const { key, value, effect } of taints) tag(`Taint-${key}`, `${TEMPLATE}/taint/${key}`, `${value}:${effect}`);
  }
}
