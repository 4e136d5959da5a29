import { ApiObject, JsonPatch } from 'cdk8s';
import { WebService } from '../../lib/kubernetes/workload/web-service';
import { Percent } from '../../lib/units';
import { RULE_IDS, violations } from './hardening';
import { type Manifest, manifests } from './manifests';

type Change = (parts: Record<string, Manifest>, pod: Manifest, container: Manifest, template: Manifest) => void;

const policy = { min: 2, max: 4, metrics: [{ on: 'cpu', utilization: Percent.of(70) } as const] };

/** A sound application with one part of each kind, by kind. */
function application(): Record<string, Manifest> {
  const objects = manifests((chart) => {
    const common = { image: 'shop/api:1.4.0', port: 8080, priorityClassName: 'standard', ingressFrom: [] };
    new WebService(chart, 'Api', { ...common, name: 'api', scaling: policy });
    const tls = [{ hosts: ['shop.example.com'], secretName: 'tls' }];
    const paths = [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'api', port: { name: 'http' } } } }];
    new ApiObject(chart, 'Ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'api' },
      spec: { tls, rules: [{ host: 'shop.example.com', http: { paths } }] },
    });
    const config = new ApiObject(chart, 'ConfigMap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'api' },
    });
    config.addJsonPatch(JsonPatch.add('/data', { 'app.conf': 'threads = 4' }));
    new ApiObject(chart, 'ServiceMonitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'api' },
      spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'api' } } },
    });
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
      const binding = new ApiObject(chart, kind, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind,
        metadata: { name: 'api' },
      });
      binding.addJsonPatch(
        JsonPatch.add('/roleRef', { kind: 'ClusterRole', name: 'api' }),
        JsonPatch.add('/subjects', [{ kind: 'ServiceAccount', name: 'api' }]),
      );
    }
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
    const apiVersion = kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1';
    parts.Deployment = { ...parts.Deployment, apiVersion, kind, spec: spec(parts.Deployment.spec) };
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
    const template = parts.Deployment.spec.template ?? parts.Deployment.spec.jobTemplate.spec.template;
    change(parts, template.spec, template.spec.containers[0], template);
  }
  return violations(Object.values(parts)).map((line) => line.replace(/^.*: /, ''));
}

type Row = [rule: string, change: Change, others?: readonly string[]];

/** A grant that no role may make. */
const powers: readonly [rule: string, apiGroup: string, resource: string, verb: string][] = [
  ['access-to-create-pods', '', 'pods', 'create'],
  ['access-to-create-pods', 'apps', 'deployments', 'create'],
  ['access-to-create-pods', 'batch', 'cronjobs', 'create'],
  ['access-to-secrets', '', 'secrets', 'list'],
  ['pod-exec-attach', '', 'pods/exec', 'create'],
  ['pod-exec-attach', '', 'nodes/proxy', 'get'],
  ['rbac-bind', 'rbac.authorization.k8s.io', 'rolebindings', 'bind'],
  ['rbac-escalate', 'rbac.authorization.k8s.io', 'clusterroles', 'escalate'],
  ['rbac-impersonate', '', 'serviceaccounts', 'impersonate'],
  ['rbac-services-status', '', 'services/status', 'patch'],
  ['rbac-approve-certificates', 'certificates.k8s.io', 'certificatesigningrequests/approval', 'update'],
  ['rbac-control-webhooks', 'admissionregistration.k8s.io', 'validatingwebhookconfigurations', 'patch'],
];

const backendOf = ({ rules: [rule] }: Manifest): Manifest => rule.http.paths[0].backend.service;

const elsewhere = { matchNames: ['elsewhere'] };

/** A budget that says how many must stay. */
const stays = (minAvailable: number | string) => ({ minAvailable, maxUnavailable: undefined });

/** A template without an account of its own cannot name one that exists. */
const accountIsGone = ['non-existent-service-account'];

const rows: Row[] = [
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
  [
    'metadata-and-instance-mismatched',
    ({ Deployment }) => Object.assign(Deployment.metadata.labels, { 'app.kubernetes.io/instance': 'x' }),
  ],
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
  ['host-process', (_, pod) => Object.assign(pod.securityContext, { windowsOptions: { hostProcess: true } })],
  ['refused-image', (_, _pod, container) => Object.assign(container, { image: 'git-sync/git-sync:v4.4.0' })],
  ['ssh-port', (_, _pod, { ports }) => ports.push({ name: 'ssh', containerPort: 22 })],
  ['env-var-secret', (_, _pod, { env }) => env.push({ name: 'DB_PASSWORD', value: 'x' })],
  ['env-var-secret', (_, _pod, { env }) => env.push({ name: 'CERT', value: '-----BEGIN RSA PRIVATE KEY-----' })],
  ['default-service-account', (_, pod) => Object.assign(pod, { serviceAccountName: 'default' }), accountIsGone],
  [
    'deployment-replicas',
    (parts) => {
      delete parts.HorizontalPodAutoscaler;
      parts.Deployment.spec.replicas = 1;
    },
  ],
  ['stable-version', ({ Deployment }) => Object.assign(Deployment, { apiVersion: 'apps/v1beta2' })],
  ['stable-version', ({ Ingress }) => Object.assign(Ingress, { apiVersion: 'extensions/v1' })],
  ['label-values', ({ Service }) => Object.assign(Service.metadata.labels, { team: '-payments' })],
  ['label-values', (_, _pod, _container, template) => Object.assign(template.metadata.labels, { team: 'a b' })],
  ['sensitive-config-map', ({ ConfigMap }) => Object.assign(ConfigMap.data, { 'db-password': 'x' })],
  ['sensitive-config-map', ({ ConfigMap }) => Object.assign(ConfigMap.data, { tls: '-----BEGIN PRIVATE KEY-----' })],
  [
    'nginx-snippet',
    ({ Ingress }) =>
      Object.assign(Ingress.metadata, { annotations: { 'nginx.ingress.kubernetes.io/server-snippet': 'x' } }),
  ],
  ['dangling-ingress', ({ Ingress: { spec } }) => Object.assign(backendOf(spec), { name: 'x' })],
  ['dangling-ingress', ({ Ingress: { spec } }) => Object.assign(backendOf(spec), { port: { number: 9 } })],
  [
    'dangling-networkpolicypeer-podselector',
    ({ NetworkPolicy: { spec } }) => spec.egress.push({ to: [{ podSelector: { matchLabels: { a: 'b' } } }] }),
  ],
  [
    'dangling-networkpolicy',
    (parts) => {
      const { NetworkPolicy: policy } = parts;
      const spec = { ...policy.spec, podSelector: { matchLabels: { a: 'b' } } };
      parts.second = { ...policy, metadata: { name: 'second' }, spec };
    },
  ],
  [
    'dangling-servicemonitor',
    ({ ServiceMonitor: { spec } }) => Object.assign(spec, { selector: { matchLabels: { a: 'b' } } }),
  ],
  ['dangling-servicemonitor', ({ ServiceMonitor: { spec } }) => Object.assign(spec, { namespaceSelector: elsewhere })],
  [
    'dangling-horizontalpodautoscaler',
    (parts) => {
      const { HorizontalPodAutoscaler: scaler } = parts;
      const spec = { ...scaler.spec, scaleTargetRef: { kind: 'Deployment', name: 'x' } };
      parts.second = { ...scaler, metadata: { name: 'second' }, spec };
    },
  ],
  ['poddisruptionbudget-has-policy', ({ PodDisruptionBudget: { spec } }) => delete spec.maxUnavailable],
  [
    'poddisruptionbudget-has-policy',
    ({ PodDisruptionBudget: { spec } }) => Object.assign(spec, { minAvailable: 1, maxUnavailable: 1 }),
  ],
  ['pdb-min-available', ({ PodDisruptionBudget: { spec } }) => Object.assign(spec, stays(2))],
  ['pdb-min-available', ({ PodDisruptionBudget: { spec } }) => Object.assign(spec, stays('51%'))],
  ['statefulset-has-servicename', as('StatefulSet', (spec) => ({ ...spec, serviceName: 'api' }))],
  ['exposed-services', ({ Service }) => Object.assign(Service.spec, { type: 'LoadBalancer' })],
  ...powers.flatMap(([rule, apiGroup, resource, verb]): Row[] =>
    ['Role', 'ClusterRole'].map((kind) => [
      rule,
      (parts) => parts[kind].rules.push({ apiGroups: [apiGroup], resources: [resource], verbs: [verb] }),
    ]),
  ),
  ['cluster-admin-role-binding', ({ RoleBinding }) => Object.assign(RoleBinding.roleRef, { name: 'cluster-admin' })],
  [
    'cluster-admin-role-binding',
    ({ ClusterRoleBinding }) => Object.assign(ClusterRoleBinding.roleRef, { name: 'cluster-admin' }),
  ],
  ['default-account-is-not-bound', ({ RoleBinding }) => Object.assign(RoleBinding.subjects[0], { name: 'default' })],
  ['use-namespace', ({ Role }) => Object.assign(Role.metadata, { namespace: 'default' })],
];

const withoutScaler: Change = (parts) => delete parts.HorizontalPodAutoscaler;
const headless: Change = ({ Service }) => Object.assign(Service.spec, { clusterIP: 'None' });

/** Nothing is served, so nothing points at it. */
const withoutService: Change = (parts) => {
  for (const kind of ['Service', 'Ingress', 'ServiceMonitor']) delete parts[kind];
};

/** Rules of workloads that are no Deployments, with the changes that make one and break it. */
const ofOtherWorkloads: [rule: string, changes: Change[]][] = [
  ['statefulset-has-servicename', [as('StatefulSet', (spec) => ({ ...spec, serviceName: 'api' }))]],
  ['statefulset-has-servicename', [as('StatefulSet', (spec) => ({ ...spec, serviceName: 'x' })), headless]],
  [
    'topology-spread-constraint',
    [as('StatefulSet', (spec) => ({ ...spec, serviceName: 'api' })), (_, pod) => delete pod.topologySpreadConstraints],
  ],
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
];

const covered = [...rows, ...ofOtherWorkloads].map(([rule]) => rule);

describe('violations', () => {
  test('a sound application has none', () => {
    expect(brokenBy()).toEqual([]);
  });

  test.each(rows)('one change breaks %s and nothing else', (rule, change, others = []) => {
    expect(brokenBy(change).sort()).toEqual([rule, ...others].sort());
  });

  test('every rule has a row that breaks it', () => {
    expect([...RULE_IDS].filter((id) => !covered.includes(id))).toEqual([]);
    expect(covered.filter((id) => !RULE_IDS.includes(id))).toEqual([]);
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

  test.each<[string, Change]>([
    [
      'a role that reads the secrets it names',
      ({ Role }) =>
        Role.rules.push({ apiGroups: [''], resources: ['secrets'], resourceNames: ['tls'], verbs: ['get'] }),
    ],
    [
      'an action that the load balancer controller reads from an annotation',
      ({ Ingress: { spec } }) => Object.assign(backendOf(spec), { port: { name: 'use-annotation' } }),
    ],
    [
      'peers of another namespace',
      ({ NetworkPolicy: { spec } }) =>
        spec.egress.push({ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { a: 'b' } } }] }),
    ],
  ])('%s breaks none', (_it, change) => expect(brokenBy(change)).toEqual([]));

  test('what dangles has no excuse: the linters may not know what it points at, but we do', () => {
    const annotations = { 'ignore-check.kube-linter.io/dangling-service': 'its pods belong to a Rollout' };
    const excused: Change = ({ Service }) => Object.assign(Service.metadata, { annotations });
    const dangling: Change = ({ Service }) => Object.assign(Service.spec, { selector: { a: 'b' } });
    expect(
      brokenBy(
        as('Rollout', (spec) => spec),
        excused,
      ),
    ).toEqual([]);
    expect(
      brokenBy(
        as('Rollout', (spec) => spec),
        excused,
        dangling,
      ),
    ).toEqual(['dangling-service']);
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
    const scaledObject: Change = (parts) => {
      const { scaleTargetRef, minReplicas, maxReplicas } = parts.HorizontalPodAutoscaler.spec;
      parts.HorizontalPodAutoscaler = {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: parts.HorizontalPodAutoscaler.metadata,
        spec: { scaleTargetRef, minReplicaCount: minReplicas, maxReplicaCount: maxReplicas },
      };
    };
    const referring: Change = (parts) => {
      const { metadata } = parts.Deployment;
      const spec = { workloadRef: { kind: 'Deployment', name: 'api' }, strategy: { canary: {} } };
      const rollout = { ...metadata, name: 'api-rollout' };
      parts.Rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: rollout, spec };
      Object.assign(parts.HorizontalPodAutoscaler.spec.scaleTargetRef, { kind: 'Rollout', name: 'api-rollout' });
    };
    const analysis =
      (change: (job: Manifest) => object): Change =>
      (parts) => {
        const { ttlSecondsAfterFinished: _ttl, ...job } = jobOf(parts.Deployment.spec);
        parts.AnalysisTemplate = {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'AnalysisTemplate',
          metadata: { name: 'smoke' },
          spec: {
            metrics: [
              { name: 'web', provider: { prometheus: {} } },
              { name: 'job', provider: { job: change(job) } },
            ],
          },
        };
      };

    test.each<[string, Change[]]>([
      ['a Rollout', [as('Rollout', (spec) => spec)]],
      ['a Rollout that refers to a Deployment', [referring]],
      ['a Rollout that KEDA scales', [as('Rollout', (spec) => spec), scaledObject]],
      ['a Deployment that KEDA scales', [scaledObject]],
      ['a Job of an analysis', [analysis((spec) => ({ spec }))]],
      ['a DaemonSet', [as('DaemonSet', (spec) => spec), withoutScaler]],
      ['a StatefulSet', [as('StatefulSet', (spec) => ({ ...spec, serviceName: 'api' })), headless]],
      [
        'a StatefulSet of one pod, which has nothing to spread',
        [
          as('StatefulSet', ({ replicas: _none, ...spec }) => ({ ...spec, replicas: 1, serviceName: 'api' })),
          withoutScaler,
          headless,
          (_, pod) => delete pod.topologySpreadConstraints,
          (_, pod) => delete pod.affinity,
        ],
      ],
      ['a Job', [as('Job', jobOf), withoutScaler, withoutService]],
      ['a CronJob', [as('CronJob', cronOf), withoutScaler, withoutService]],
    ])('%s that is sound has none', (_kind, changes) => expect(brokenBy(...changes)).toEqual([]));

    test('a Rollout and a Job of an analysis are reported by what they are', () => {
      const parts = application();
      as('Rollout', (spec) => spec)(parts, {}, {}, {});
      delete parts.Deployment.spec.template.spec.priorityClassName;
      expect(violations(Object.values(parts))).toEqual(['Rollout/api: priority-class-name']);

      const sound = application();
      analysis((spec) => ({ spec: { ...spec, template: { ...spec.template, metadata: {} } } }))(sound, {}, {}, {});
      expect(violations(Object.values(sound))).toEqual(['AnalysisTemplate/smoke.job: non-isolated-pod']);
    });

    test('what KEDA scales to nothing is noticed', () => {
      const few: Change = ({ HorizontalPodAutoscaler: { spec } }) => Object.assign(spec, { minReplicaCount: 0 });
      expect(brokenBy(scaledObject, few)).toEqual(['horizontalpodautoscaler-replicas']);
    });

    test.each(ofOtherWorkloads)('%s is noticed', (rule, changes) => expect(brokenBy(...changes)).toContain(rule));
  });
});
