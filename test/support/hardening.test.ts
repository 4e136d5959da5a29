import { ApiObject } from 'cdk8s';
import { WebService } from '../../lib/kubernetes/workload/web-service';
import { Percent } from '../../lib/units';
import { violations } from './hardening';
import { type Manifest, manifests } from './manifests';

type Change = (parts: Record<string, Manifest>, pod: Manifest, container: Manifest) => void;

const policy = { min: 2, max: 4, metrics: [{ on: 'cpu', utilization: Percent.of(70) } as const] };

/** A sound application with one part of each kind, by kind. */
function application(): Record<string, Manifest> {
  const objects = manifests((chart) => {
    const common = { image: 'shop/api:1.4.0', port: 8080, priorityClassName: 'standard', ingressFrom: [] };
    new WebService(chart, 'Api', { ...common, name: 'api', scaling: policy });
    const tls = [{ hosts: ['shop.example.com'], secretName: 'tls' }];
    new ApiObject(chart, 'Ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'api' },
      spec: { tls },
    });
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
    for (const kind of ['Role', 'ClusterRole']) {
      new ApiObject(chart, kind, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind,
        metadata: { name: 'api' },
        rules,
      });
    }
  });
  return Object.fromEntries(objects.map((object) => [object.kind, object]));
}

/** The same pods under another kind of workload. */
const as =
  (kind: string, spec: (deployment: Manifest) => object): Change =>
  (parts) => {
    parts.Deployment = { ...parts.Deployment, kind, spec: spec(parts.Deployment.spec) };
    parts.HorizontalPodAutoscaler.spec.scaleTargetRef.kind = kind;
  };

const jobOf = ({ template }: Manifest): Manifest => ({
  ttlSecondsAfterFinished: 600,
  template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
});

const cronOf = (deployment: Manifest): Manifest => {
  const { ttlSecondsAfterFinished: _ttl, ...spec } = jobOf(deployment);
  return { startingDeadlineSeconds: 60, jobTemplate: { spec } };
};

/** What `violations` says once a sound application has been changed, without the kinds and names. */
function brokenBy(...changes: Change[]): string[] {
  const parts = application();
  for (const change of changes) {
    const pod = parts.Deployment.spec.template?.spec ?? parts.Deployment.spec.jobTemplate.spec.template.spec;
    change(parts, pod, pod.containers[0]);
  }
  return violations(Object.values(parts)).map((line) => line.replace(/^.*: /, ''));
}

const rows: [rule: string, change: Change][] = [
  ['host-network', (_, pod) => Object.assign(pod, { hostNetwork: true })],
  ['host-pid', (_, pod) => Object.assign(pod, { hostPID: true })],
  ['host-ipc', (_, pod) => Object.assign(pod, { hostIPC: true })],
  ['sensitive-host-mounts', (_, pod) => pod.volumes.push({ name: 'host', hostPath: { path: '/proc' } })],
  ['container-seccomp-profile', (_, pod) => delete pod.securityContext.seccompProfile],
  ['automount-service-account-token', (_, pod) => delete pod.automountServiceAccountToken],
  ['deprecated-service-account-field', (_, pod) => Object.assign(pod, { serviceAccount: 'api' })],
  ['unsafe-sysctls', (_, pod) => Object.assign(pod.securityContext, { sysctls: [] })],
  ['priority-class-name', (_, pod) => delete pod.priorityClassName],
  ['latest-tag', (_, _pod, container) => Object.assign(container, { image: 'shop/api:latest' })],
  ['image-pull-policy', (_, _pod, container) => Object.assign(container, { imagePullPolicy: 'IfNotPresent' })],
  ['unset-cpu-requirements', (_, _pod, { resources }) => delete resources.requests.cpu],
  ['unset-cpu-requirements', (_, _pod, { resources }) => delete resources.limits.cpu],
  ['unset-memory-requirements', (_, _pod, { resources }) => delete resources.limits.memory],
  [
    'container-ephemeral-storage-request-and-limit',
    (_, _pod, { resources: r }) => delete r.limits['ephemeral-storage'],
  ],
  ['privileged-container', (_, _pod, { securityContext: s }) => Object.assign(s, { privileged: true })],
  ['privilege-escalation-container', (_, _pod, { securityContext: s }) => delete s.allowPrivilegeEscalation],
  ['no-read-only-root-fs', (_, _pod, { securityContext: s }) => delete s.readOnlyRootFilesystem],
  ['drop-net-raw-capability', (_, _pod, { securityContext: s }) => Object.assign(s.capabilities, { drop: ['KILL'] })],
  ['insecure-capabilities', (_, _pod, { securityContext: s }) => Object.assign(s.capabilities, { add: ['SYS_ADMIN'] })],
  ['unsafe-proc-mount', (_, _pod, { securityContext: s }) => Object.assign(s, { procMount: 'Unmasked' })],
  ['run-as-non-root', (_, _pod, { securityContext: s }) => Object.assign(s, { runAsNonRoot: false })],
  [
    'container-security-context-user-group-id',
    (_, _pod, { securityContext: s }) => Object.assign(s, { runAsUser: 9999 }),
  ],
  [
    'container-security-context-user-group-id',
    (_, _pod, { securityContext: s }) => Object.assign(s, { runAsGroup: 0 }),
  ],
  ['duplicate-env-var', (_, _pod, { env }) => env.push({ name: 'A', value: '1' }, { name: 'A', value: '2' })],
  ['env-var-secret', (_, _pod, { env }) => env.push({ name: 'MY_SECRET', value: 'x' })],
  ['read-secret-from-env-var', (_, _pod, { env }) => env.push({ name: 'A', valueFrom: { secretKeyRef: {} } })],
  ['read-secret-from-env-var', (_, _pod, container) => Object.assign(container, { envFrom: [{ secretRef: {} }] })],
  ['host-port', (_, _pod, { ports }) => Object.assign(ports[0], { hostPort: 8080 })],
  ['privileged-ports', (_, _pod, { ports }) => ports.push({ name: 'low', containerPort: 80 })],
  ['invalid-target-ports', (_, _pod, { ports }) => ports.push({ name: 'a'.repeat(16), containerPort: 9000 })],
  ['no-readiness-probe', (_, _pod, container) => delete container.readinessProbe],
  ['no-liveness-probe', (_, _pod, container) => delete container.livenessProbe],
  ['readiness-port', (_, _pod, { readinessProbe }) => Object.assign(readinessProbe.httpGet, { port: 'web' })],
  ['liveness-port', (_, _pod, { livenessProbe }) => Object.assign(livenessProbe.tcpSocket, { port: 9 })],
  ['startup-port', (_, _pod, { startupProbe }) => Object.assign(startupProbe.httpGet, { port: 'web' })],
  [
    'pod-probes-identical',
    (_, _pod, container) => Object.assign(container, { livenessProbe: container.readinessProbe }),
  ],
  ['missing-pod-disruption-budget', (parts) => delete parts.PodDisruptionBudget],
  ['missing-pod-disruption-budget', (parts) => Object.assign(parts, { second: { ...parts.PodDisruptionBudget } })],
  ['no-anti-affinity', (_, pod) => delete pod.affinity],
  ['replicas-have-one-owner', ({ Deployment }) => Object.assign(Deployment.spec, { replicas: 3 })],
  ['metadata-and-instance-mismatched', ({ Deployment }) => Object.assign(Deployment.metadata, { name: 'api-2' })],
  ['topology-spread-constraint', (_, pod) => delete pod.topologySpreadConstraints],
  [
    'topology-spread-constraint',
    (_, pod) => Object.assign(pod.topologySpreadConstraints[1].labelSelector, { matchLabels: { a: 'b' } }),
  ],
  [
    'no-rolling-update-strategy',
    ({ Deployment }) => Object.assign(Deployment.spec, { strategy: { type: 'Recreate' } }),
  ],
  ['non-existent-service-account', (parts) => delete parts.ServiceAccount],
  ['non-isolated-pod', (parts) => delete parts.NetworkPolicy],
  ['non-isolated-pod', ({ NetworkPolicy }) => Object.assign(NetworkPolicy.spec, { policyTypes: ['Ingress'] })],
  ['mismatching-selector', ({ Deployment }) => Object.assign(Deployment.spec.selector.matchLabels, { a: 'b' })],
  ['exposed-services', ({ Service }) => Object.assign(Service.spec, { type: 'NodePort' })],
  ['dangling-service', ({ Service }) => Object.assign(Service.spec, { selector: { a: 'b' } })],
  ['service-targets-declared-port', ({ Service }) => Object.assign(Service.spec.ports[0], { targetPort: 'web' })],
  [
    'horizontalpodautoscaler-replicas',
    ({ HorizontalPodAutoscaler: { spec } }) => Object.assign(spec, { minReplicas: 1 }),
  ],
  ['hpa-max-availability', ({ HorizontalPodAutoscaler: { spec } }) => Object.assign(spec, { maxReplicas: 2 })],
  ['pdb-unhealthy-pod-eviction-policy', ({ PodDisruptionBudget: { spec } }) => delete spec.unhealthyPodEvictionPolicy],
  ['pdb-max-unavailable', ({ PodDisruptionBudget: { spec } }) => Object.assign(spec, { maxUnavailable: '0%' })],
  ['tls-settings-missing', ({ Ingress }) => delete Ingress.spec.tls],
  ['wildcard-in-rules', ({ Role }) => Role.rules[0].verbs.push('*')],
  ['wildcard-in-rules', ({ ClusterRole }) => ClusterRole.rules[0].resources.push('*')],
  ['access-to-secrets', ({ ClusterRole }) => ClusterRole.rules[0].resources.push('secrets')],
  ['use-namespace', ({ Service }) => Object.assign(Service.metadata, { namespace: 'default' })],
];

describe('violations', () => {
  test('a sound application has none', () => {
    expect(brokenBy()).toEqual([]);
  });

  test.each(rows)('notices %s', (rule, change) => {
    expect(brokenBy(change)).toContain(rule);
  });

  test('a finding names kind, name and rule', () => {
    const parts = application();
    delete parts.Deployment.spec.template.spec.priorityClassName;
    expect(violations(Object.values(parts))).toEqual(['Deployment/api: priority-class-name']);
  });

  test('an annotation with a reason excuses an object from one rule', () => {
    const excuse =
      (reason: string): Change =>
      ({ Deployment }, pod) => {
        delete pod.priorityClassName;
        Deployment.metadata.annotations = { 'ignore-check.kube-linter.io/priority-class-name': reason };
      };
    expect(brokenBy(excuse('lowest rank is right'))).toEqual([]);
    expect(brokenBy(excuse(' '))).toEqual(['priority-class-name']);
  });

  test('the default account is noticed', () => {
    expect(brokenBy((_, pod) => delete pod.serviceAccountName)).toContain('default-service-account');
  });

  test('init containers obey the rules of containers, but need no probes', () => {
    const init =
      (change: object): Change =>
      (_, pod) => {
        const { readinessProbe: _r, livenessProbe: _l, startupProbe: _s, ...rest } = pod.containers[0];
        pod.initContainers = [{ ...rest, ...change }];
      };
    expect(brokenBy(init({}))).toEqual([]);
    expect(brokenBy(init({ image: 'x' }))).toEqual(['latest-tag']);
  });

  test('few pods without an autoscaler are noticed', () => {
    const fixed =
      (replicas: number): Change =>
      (parts) => {
        delete parts.HorizontalPodAutoscaler;
        parts.Deployment.spec.replicas = replicas;
      };
    expect(brokenBy(fixed(2))).toEqual([]);
    expect(brokenBy(fixed(1))).toEqual(['deployment-replicas']);
  });

  test('a budget that counts what must stay is noticed when that is all', () => {
    const stay =
      (minAvailable: string): Change =>
      ({ PodDisruptionBudget: { spec } }) => {
        delete spec.maxUnavailable;
        spec.minAvailable = minAvailable;
      };
    expect(brokenBy(stay('50%'))).toEqual([]);
    expect(brokenBy(stay('100%'))).toEqual(['pdb-min-available']);
  });

  test('an autoscaler and a policy without pods are noticed', () => {
    expect(
      brokenBy(({ HorizontalPodAutoscaler: { spec } }) => Object.assign(spec.scaleTargetRef, { name: 'x' })),
    ).toContain('dangling-horizontalpodautoscaler');
    expect(
      brokenBy(({ NetworkPolicy: { spec } }) => Object.assign(spec.podSelector, { matchLabels: { a: 'b' } })),
    ).toContain('dangling-networkpolicy');
  });

  test('objects of another namespace do not help', () => {
    expect(
      brokenBy(({ PodDisruptionBudget }) => Object.assign(PodDisruptionBudget.metadata, { namespace: 'x' })),
    ).toEqual(['missing-pod-disruption-budget']);
  });

  describe('of other workloads', () => {
    const withoutScaler: Change = (parts) => delete parts.HorizontalPodAutoscaler;
    const withoutService: Change = (parts) => delete parts.Service;
    const headless: Change = ({ Service }) => Object.assign(Service.spec, { clusterIP: 'None' });

    test.each<[string, Change[]]>([
      ['a Rollout', [as('Rollout', (spec) => spec)]],
      ['a DaemonSet', [as('DaemonSet', (spec) => spec), withoutScaler]],
      ['a StatefulSet', [as('StatefulSet', (spec) => ({ ...spec, serviceName: 'api' })), headless]],
      ['a Job', [as('Job', jobOf), withoutScaler, withoutService]],
      ['a CronJob', [as('CronJob', cronOf), withoutScaler, withoutService]],
    ])('%s that is sound has none', (_kind, changes) => expect(brokenBy(...changes)).toEqual([]));

    test.each<[string, Change[]]>([
      ['statefulset-has-servicename', [as('StatefulSet', (spec) => ({ ...spec, serviceName: 'api' }))]],
      ['statefulset-has-servicename', [as('StatefulSet', (spec) => ({ ...spec, serviceName: 'x' })), headless]],
      ['job-ttl-seconds-after-finished', [as('Job', (spec) => ({ template: jobOf(spec).template }))]],
      [
        'job-ttl-seconds-after-finished',
        [as('CronJob', (spec) => ({ ...cronOf(spec), jobTemplate: { spec: jobOf(spec) } }))],
      ],
      ['restart-policy', [as('Job', ({ template }) => ({ ttlSecondsAfterFinished: 1, template }))]],
      ['restart-policy', [as('CronJob', ({ template }) => ({ jobTemplate: { spec: { template } } }))]],
      ['cronjob-has-deadline', [as('CronJob', ({ template }) => ({ jobTemplate: { spec: { template } } }))]],
      ['latest-tag', [as('CronJob', cronOf), (_, _pod, container) => Object.assign(container, { image: 'x' })]],
      ['non-isolated-pod', [as('Job', jobOf), (parts) => delete parts.NetworkPolicy]],
      ['missing-pod-disruption-budget', [as('Rollout', (spec) => spec), (parts) => delete parts.PodDisruptionBudget]],
    ])('%s is noticed', (rule, changes) => expect(brokenBy(...changes)).toContain(rule));
  });
});
