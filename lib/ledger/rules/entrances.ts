import { evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { at, numberAt, pointerTo, textAt } from '../members';
import type { Evidence } from '../rule';
import type { KubernetesObject, TerraformBlock } from '../source';
import { isSameNamespace, objectsOf, workloadsBehind } from './behind';

/** A way in: a load balancer of AWS that sends to pods of a workload. */
export interface Entrance {
  readonly workload: Workload;
  /** Seconds for which a target that leaves may finish what it has; undefined where nobody says. */
  readonly deregistrationSeconds: number | undefined;
  /** Seconds after which an idle connection is closed; undefined for balancers that are not read. */
  readonly idleSeconds: number | undefined;
  readonly evidence: readonly Evidence[];
}

/** What AWS does where nothing is written. Source: Application Load Balancer user guide, attributes. */
const DEFAULT_DEREGISTRATION = 300;
const DEFAULT_IDLE = 60;

const ALB = 'alb.ingress.kubernetes.io/';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';

/** Every way in: bindings to target groups, Ingresses of the load balancer controller, Services of type LoadBalancer. */
export const entrances = (facts: Facts): Entrance[] => [
  ...objectsOf(facts, 'TargetGroupBinding').flatMap((binding) => boundEntrances(facts, binding)),
  ...objectsOf(facts, 'Ingress').flatMap((ingress) => ingressEntrances(facts, ingress)),
  ...objectsOf(facts, 'Service').flatMap((service) => serviceEntrances(facts, service)),
];

const serviceNamed = (facts: Facts, name: string | undefined, namespace: string | undefined) =>
  objectsOf(facts, 'Service').filter(
    (service) => service.name === name && isSameNamespace(service.namespace, namespace),
  );

function boundEntrances(facts: Facts, binding: KubernetesObject): Entrance[] {
  const named = textAt(binding.value, 'spec', 'targetGroupName');
  const group = facts.blocks.find(
    ({ mode, type, value }) =>
      mode === 'resource' && type === 'aws_lb_target_group' && named !== undefined && textAt(value, 'name') === named,
  );
  const balancer = group === undefined ? undefined : balancerOf(facts, group);
  const workloads = serviceNamed(facts, textAt(binding.value, 'spec', 'serviceRef', 'name'), binding.namespace).flatMap(
    (service) => workloadsBehind(facts, service),
  );
  return workloads.map((workload) => ({
    workload,
    deregistrationSeconds: group && (numberAt(group.value, 'deregistration_delay') ?? DEFAULT_DEREGISTRATION),
    idleSeconds: balancer && (numberAt(balancer.value, 'idle_timeout') ?? DEFAULT_IDLE),
    evidence: [
      evidenceIn(binding, '/spec'),
      ...(group === undefined ? [] : [evidenceIn(group, '/deregistration_delay')]),
      ...(balancer === undefined ? [] : [evidenceIn(balancer, '/idle_timeout')]),
    ],
  }));
}

/** The application load balancer whose listeners or rules forward to a target group; the only one of its stack otherwise. */
function balancerOf({ blocks }: Facts, group: TerraformBlock): TerraformBlock | undefined {
  const own = blocks.filter(({ stack, mode }) => stack === group.stack && mode === 'resource');
  const referring = (target: TerraformBlock) => (block: TerraformBlock) =>
    JSON.stringify(block.value).includes(`${target.type}.${target.name}.`);
  const balancers = own.filter(
    ({ type, value }) => type === 'aws_lb' && (textAt(value, 'load_balancer_type') ?? 'application') === 'application',
  );
  const forwarding = own.filter(({ type }) => /^aws_lb_listener/.test(type)).filter(referring(group));
  const listeners = own.filter(
    (block) => block.type === 'aws_lb_listener' && (forwarding.includes(block) || forwarding.some(referring(block))),
  );
  const [only, ...others] = balancers;
  return balancers.find((balancer) => listeners.some(referring(balancer))) ?? (others.length === 0 ? only : undefined);
}

/** A number of `name=1,other=2`, as annotations list attributes. */
function attribute(text: string | undefined, name: string, otherwise: number): number {
  const pair = (text ?? '').split(',').find((part) => part.trim().startsWith(`${name}=`));
  const written = Number(pair?.split('=')[1]);
  return pair !== undefined && Number.isFinite(written) ? written : otherwise;
}

const annotation = ({ value }: KubernetesObject, name: string): string | undefined =>
  textAt(value, 'metadata', 'annotations', name);

function ingressEntrances(facts: Facts, ingress: KubernetesObject): Entrance[] {
  const className =
    textAt(ingress.value, 'spec', 'ingressClassName') ?? annotation(ingress, 'kubernetes.io/ingress.class');
  if (className !== 'alb') return [];
  const names = new Set(backendNames(at(ingress.value, 'spec')));
  return [...names].flatMap((name) =>
    serviceNamed(facts, name, ingress.namespace)
      .flatMap((service) => workloadsBehind(facts, service))
      .map((workload) => ({
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

function serviceEntrances(facts: Facts, service: KubernetesObject): Entrance[] {
  if (textAt(service.value, 'spec', 'type') !== 'LoadBalancer') return [];
  return workloadsBehind(facts, service).map((workload) => ({
    workload,
    deregistrationSeconds: attribute(
      annotation(service, `${NLB}target-group-attributes`),
      'deregistration_delay.timeout_seconds',
      DEFAULT_DEREGISTRATION,
    ),
    // what a network load balancer forgets after 350 s it does not close
    idleSeconds: undefined,
    evidence: [evidenceIn(service, pointerTo('metadata', 'annotations'))],
  }));
}
