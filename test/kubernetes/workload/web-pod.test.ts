import fc from 'fast-check';
import type { WebServiceProps } from '../../../lib/kubernetes/workload/web-service-props';
import { Cpu, Duration, Memory } from '../../../lib/units';
import { only } from '../../support/manifests';
import { container, DIGEST, deployment, full, pod, synth } from '../../support/web-service';

describe('the pod', () => {
  test('has an account without a token, no service variables, and a writable folder of bounded size alone', () => {
    expect(only(synth(), 'ServiceAccount').automountServiceAccountToken).toBe(false);
    expect(pod()).toMatchObject({
      serviceAccountName: 'api',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
    });
    expect(container().volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
    expect(pod({ temporarySpace: Memory.mib(512) }).volumes[0].emptyDir).toEqual({ sizeLimit: '512Mi' });
  });

  test('runs as its own user, in the pod and in the container', () => {
    const { securityContext, containers } = pod({ runAs: 20_000 });
    expect(securityContext).toMatchObject({ runAsUser: 20_000, runAsGroup: 20_000, fsGroup: 20_000 });
    expect(containers[0].securityContext).toMatchObject({ runAsUser: 20_000, runAsGroup: 20_000 });
  });

  test('declares its resources, by default small ones', () => {
    expect(container().resources).toEqual({
      requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '128Mi' },
      limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '512Mi' },
    });
    const same = { cpu: Cpu.cores(1), memory: Memory.gib(2), ephemeralStorage: Memory.gib(1) };
    const literal = { cpu: '1', memory: '2Gi', 'ephemeral-storage': '1Gi' };
    expect(container({ resources: { requests: same, limits: same } }).resources).toEqual({
      requests: literal,
      limits: literal,
    });
  });

  test.each([
    ['registry.example.com/shop/api:1.4.0', 'Always'],
    [DIGEST, 'IfNotPresent'],
    [`shop/api:1.4.0@sha256:${'a'.repeat(64)}`, 'IfNotPresent'],
  ])('pulls %s: %s', (image, imagePullPolicy) => {
    expect(container({ image })).toMatchObject({ image, imagePullPolicy });
  });

  test('starts as the image says unless told otherwise', () => {
    expect(Object.keys(container())).not.toEqual(expect.arrayContaining(['command']));
    expect(Object.keys(container())).not.toEqual(expect.arrayContaining(['args']));
    expect(container({ command: ['uvicorn'], args: ['--workers', '4'] })).toMatchObject({
      command: ['uvicorn'],
      args: ['--workers', '4'],
    });
  });

  test('finds its settings as they were written, also where Kubernetes would expand them', () => {
    const settings = { LOG_LEVEL: 'info', PATTERN: '$(NAME) costs $5 or $$' };
    expect(container({ settings }).env).toEqual([
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'PATTERN', value: '$$(NAME) costs $$5 or $$$$' },
    ]);
  });

  test('finds secrets and configuration as read-only files', () => {
    const spec = pod(full);
    expect(spec.volumes.slice(1)).toEqual([
      { name: 'secret-database', secret: { secretName: 'database', defaultMode: 0o440 } },
      { name: 'config-api', configMap: { name: 'api', defaultMode: 0o440 } },
    ]);
    expect(spec.containers[0].volumeMounts.slice(1)).toEqual([
      { name: 'secret-database', mountPath: '/etc/secrets/database', readOnly: true },
      { name: 'config-api', mountPath: '/etc/api', readOnly: true },
    ]);
  });

  test('is probed at its named port, by paths of its own', () => {
    const { startupProbe, readinessProbe, livenessProbe } = container({
      health: { readinessPath: '/ready', livenessPath: '/alive', startWithin: Duration.minutes(5) },
    });
    expect(startupProbe).toMatchObject({ httpGet: { path: '/ready', port: 'http' }, failureThreshold: 60 });
    expect(readinessProbe.httpGet).toMatchObject({ path: '/ready', port: 'http' });
    expect(livenessProbe.httpGet).toMatchObject({ path: '/alive', port: 'http' });
    expect(container().readinessProbe.httpGet.path).toBe('/health');
    expect(container().livenessProbe.tcpSocket).toEqual({ port: 'http' });
  });

  test('goes where it is told, with the rank it is given', () => {
    expect(pod(full)).toMatchObject({
      nodeSelector: { pool: 'a' },
      tolerations: [{ key: 'pool', operator: 'Equal', value: 'a', effect: 'NoSchedule' }],
      priorityClassName: 'standard',
    });
    expect(Object.keys(pod()).filter((key) => /nodeSelector|tolerations|priorityClass/.test(key))).toEqual([]);
  });

  test.each(['preferred', 'required'] as const)('is spread over zones, %s, among pods of its version', (spread) => {
    const { topologySpreadConstraints: rows, affinity } = pod({ spread });
    const selector = { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'api' };
    expect(rows[0]).toMatchObject({
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: spread === 'required' ? 'DoNotSchedule' : 'ScheduleAnyway',
      matchLabelKeys: ['pod-template-hash'],
      labelSelector: { matchLabels: selector },
    });
    expect(JSON.stringify(affinity)).not.toContain('requiredDuringScheduling');
  });

  test('avoids nodes with pods of its own version only, where the cluster tells versions apart', () => {
    const term = (version: string) =>
      pod({}, version).affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm;
    const labelSelector = {
      matchLabels: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'api' },
    };
    const topologyKey = 'kubernetes.io/hostname';
    expect(term('1.31')).toEqual({ topologyKey, labelSelector, matchLabelKeys: ['pod-template-hash'] });
    expect(term('1.30')).toEqual({ topologyKey, labelSelector });
  });

  test('has AppArmor only where asked for and known', () => {
    const profile = (props: Partial<WebServiceProps>, version: string) =>
      pod(props, version).securityContext.appArmorProfile;
    expect(profile({ appArmor: 'RuntimeDefault' }, '1.30')).toEqual({ type: 'RuntimeDefault' });
    expect(profile({ appArmor: 'RuntimeDefault' }, '1.29')).toBeUndefined();
    expect(profile({}, '1.35')).toBeUndefined();
  });
});

describe('the way out', () => {
  test('waits without a program of the image where the cluster can', () => {
    expect(container({}, '1.30').lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
    expect(container({}, '1.29').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '15'] } } });
  });

  test('by default is 15 s to leave, 30 s to finish and 5 s to end', () => {
    expect(pod().terminationGracePeriodSeconds).toBe(50);
  });

  test('may be given more time', () => {
    expect(pod({ gracePeriod: Duration.minutes(5) }).terminationGracePeriodSeconds).toBe(300);
  });

  test('the wait and the drain always fit into the grace period', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 3600 }), (leave, drain) => {
        const spec = pod({ deregisterWithin: Duration.seconds(leave), drainFor: Duration.seconds(drain) });
        const { seconds } = spec.containers[0].lifecycle.preStop.sleep;
        expect(seconds).toBe(leave);
        expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(seconds + drain);
      }),
      { numRuns: 20 },
    );
  });
});

describe('labels and annotations', () => {
  test('an identity stands on the workload, its pods and, as a label, on every object', () => {
    const objects = synth({
      ...full,
      labels: { 'acgs.io/hash': 'cdd01ef066bc6cf2' },
      annotations: { 'acgs.io/hash': 'cdd01ef066bc6cf2' },
    });
    for (const { metadata } of objects) expect(metadata.labels['acgs.io/hash']).toBe('cdd01ef066bc6cf2');
    const { metadata, spec } = only(objects, 'Deployment');
    expect(metadata.annotations['acgs.io/hash']).toBe('cdd01ef066bc6cf2');
    expect(spec.template.metadata).toMatchObject({
      labels: { 'acgs.io/hash': 'cdd01ef066bc6cf2', 'app.kubernetes.io/part-of': 'shop' },
      annotations: { 'acgs.io/hash': 'cdd01ef066bc6cf2' },
    });
  });

  test('they cannot detach pods from their selectors', () => {
    const { metadata, spec } = deployment({ labels: { 'app.kubernetes.io/name': 'other' } });
    expect(metadata.labels['app.kubernetes.io/name']).toBe('api');
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
  });
});

describe('the annotations by which Prometheus finds the pod', () => {
  const metrics = (props: Partial<WebServiceProps>) => {
    const { annotations } = deployment(props).spec.template.metadata;
    return ['scrape', 'port', 'path'].map((name) => annotations[`prometheus.io/${name}`]);
  };
  const prometheus = { pods: { app: 'prometheus' } };

  test.each<[string, Partial<WebServiceProps>, readonly (string | undefined)[]]>([
    ['name the port of the service', {}, ['true', '8080', '/metrics']],
    ['name its path', { metricsPath: '/internal/metrics' }, ['true', '8080', '/internal/metrics']],
    ['follow the port of a scraper', { scrapedBy: [{ ...prometheus, port: 9090 }] }, ['true', '9090', '/metrics']],
    ['name the program behind a sidecar', { mesh: 'sidecar' }, ['true', '8080', '/metrics']],
    [
      'name the program behind a sidecar, whatever door the scraper uses',
      { mesh: 'sidecar', scrapedBy: [{ ...prometheus, port: 15_090 }] },
      ['true', '8080', '/metrics'],
    ],
    ['are left out where nobody scrapes', { scrapedBy: [] }, [undefined, undefined, undefined]],
    ['give way to those of the caller', { annotations: { 'prometheus.io/port': '1' } }, ['true', '1', '/metrics']],
  ])('%s', (_claim, props, expected) => expect(metrics(props)).toEqual(expected));

  test('are of pods alone', () => {
    expect(JSON.stringify(deployment({}).metadata)).not.toContain('prometheus.io');
  });
});
