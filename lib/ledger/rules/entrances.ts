import { evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { at, membersAt, numberAt, pointerTo, textAt } from '../members';
import { onceFor } from '../once-for';
import type { Evidence } from '../rule';
import type { KubernetesObject } from '../source';
import { grouped, isSameNamespace, objectsOf, podsBehind } from './behind';
import { type TargetGroups, targetGroups } from './target-groups';

/** A way in: a load balancer of AWS that sends to pods of a workload. */
export interface Entrance {
  readonly workload: Workload;
  /** Seconds for which a target that leaves may finish what it has; undefined where nobody says. */
  readonly deregistrationSeconds: number | undefined;
  /** Seconds after which an idle connection is closed; undefined for balancers that are not read. */
  readonly idleSeconds: number | undefined;
  /** Whether it is written that nodes are its targets, and pods behind them: no pod is deregistered. */
  readonly toNodes: boolean;
  readonly evidence: readonly Evidence[];
}

/** What AWS does where nothing is written. Source: Application Load Balancer user guide, attributes. */
const DEFAULT_DEREGISTRATION = 300;
const DEFAULT_IDLE = 60;

/** Targets are nodes, which send on to pods by themselves. Source: AWS Load Balancer Controller, target-type. */
const INSTANCE = 'instance';

const ALB = 'alb.ingress.kubernetes.io/';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';

/** What is looked up for every way in. */
interface Index extends TargetGroups {
  readonly isOnAws: boolean;
  readonly behind: (service: KubernetesObject) => readonly Workload[];
  /** Workloads behind the Services of a name in a namespace. */
  readonly behindNamed: (name: string | undefined, namespace: string | undefined) => readonly Workload[];
}

/** Every way in: bindings to target groups, Ingresses of the load balancer controller, Services of type LoadBalancer. */
export const entrances = onceFor(readEntrances);

function readEntrances(facts: Facts): Entrance[] {
  const services = objectsOf(facts, 'Service');
  const byName = grouped(services, ({ name }) => [name]);
  const behind = podsBehind(facts);
  const index: Index = {
    ...targetGroups(facts),
    isOnAws: facts.blocks.some(({ type }) => type.startsWith('aws_')),
    behind,
    behindNamed: (name, namespace) =>
      (byName.get(name ?? '') ?? []).filter((service) => isSameNamespace(service.namespace, namespace)).flatMap(behind),
  };
  return [
    ...objectsOf(facts, 'TargetGroupBinding').flatMap((binding) => boundEntrances(index, binding)),
    ...objectsOf(facts, 'Ingress').flatMap((ingress) => ingressEntrances(index, ingress)),
    ...services.flatMap((service) => serviceEntrances(index, service)),
  ];
}

function boundEntrances({ named, balancerOf, behindNamed }: Index, binding: KubernetesObject): Entrance[] {
  const group = named(textAt(binding.value, 'spec', 'targetGroupName') ?? '');
  const balancer = group && balancerOf(group);
  const evidence = [
    evidenceIn(binding, '/spec'),
    ...(group === undefined ? [] : [evidenceIn(group, '/deregistration_delay')]),
    ...(balancer === undefined ? [] : [evidenceIn(balancer, '/idle_timeout')]),
  ];
  return behindNamed(textAt(binding.value, 'spec', 'serviceRef', 'name'), binding.namespace).map((workload) => ({
    workload,
    deregistrationSeconds: group && (numberAt(group.value, 'deregistration_delay') ?? DEFAULT_DEREGISTRATION),
    idleSeconds: balancer && (numberAt(balancer.value, 'idle_timeout') ?? DEFAULT_IDLE),
    toNodes: (textAt(binding.value, 'spec', 'targetType') ?? textAt(group?.value, 'target_type')) === INSTANCE,
    evidence,
  }));
}

/** A number of `name=1,other=2`, as annotations list attributes. */
function attribute(text: string | undefined, name: string, otherwise: number): number {
  const pair = (text ?? '').split(',').find((part) => part.trim().startsWith(`${name}=`));
  const written = Number(pair?.split('=')[1]);
  return pair !== undefined && Number.isFinite(written) ? written : otherwise;
}

const annotation = ({ value }: KubernetesObject, name: string): string | undefined =>
  textAt(value, 'metadata', 'annotations', name);

function ingressEntrances({ behindNamed }: Index, ingress: KubernetesObject): Entrance[] {
  const className =
    textAt(ingress.value, 'spec', 'ingressClassName') ?? annotation(ingress, 'kubernetes.io/ingress.class');
  if (className !== 'alb') return [];
  const names = new Set(backendNames(at(ingress.value, 'spec')));
  return [...names].flatMap((name) =>
    behindNamed(name, ingress.namespace).map((workload) => ({
      workload,
      deregistrationSeconds: attribute(
        annotation(ingress, `${ALB}target-group-attributes`),
        'deregistration_delay.timeout_seconds',
        DEFAULT_DEREGISTRATION,
      ),
      idleSeconds: attribute(
        annotation(ingress, `${ALB}load-balancer-attributes`),
        'idle_timeout.timeout_seconds',
        DEFAULT_IDLE,
      ),
      toNodes: annotation(ingress, `${ALB}target-type`) === INSTANCE,
      evidence: [evidenceIn(ingress, pointerTo('metadata', 'annotations'))],
    })),
  );
}

/** Names of Services in default and rule backends. */
function backendNames(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'service' && typeof member === 'object' && member !== null && 'name' in member
      ? [String(member.name)]
      : backendNames(member),
  );
}

/** Whether AWS makes the load balancer of a Service: it says so itself, or resources of AWS were given. */
const isOfAws = ({ isOnAws }: Index, { value }: KubernetesObject): boolean =>
  isOnAws ||
  (textAt(value, 'spec', 'loadBalancerClass') ?? '').startsWith('service.k8s.aws/') ||
  Object.keys(membersAt(value, 'metadata', 'annotations')).some((name) => name.startsWith(NLB));

function serviceEntrances(index: Index, service: KubernetesObject): Entrance[] {
  if (textAt(service.value, 'spec', 'type') !== 'LoadBalancer' || !isOfAws(index, service)) return [];
  const { behind } = index;
  return behind(service).map((workload) => ({
    workload,
    deregistrationSeconds: attribute(
      annotation(service, `${NLB}target-group-attributes`),
      'deregistration_delay.timeout_seconds',
      DEFAULT_DEREGISTRATION,
    ),
    // what a network load balancer forgets after 350 s it does not close
    idleSeconds: undefined,
    toNodes: annotation(service, `${NLB}nlb-target-type`) === INSTANCE,
    evidence: [evidenceIn(service, pointerTo('metadata', 'annotations'))],
  }));
}
