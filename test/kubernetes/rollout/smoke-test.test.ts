import type { BlueGreenRolloutProps } from '../../../lib/kubernetes/rollout/rollout-props';
import type { SmokeTestSpec } from '../../../lib/model/rollout/smoke-test';
import { Cpu, Duration, Memory } from '../../../lib/units';
import { type Manifest, only } from '../../support/manifests';
import { jobs, type Loose, synthBlueGreen, synthCanary } from '../../support/rollouts';
import { full } from '../../support/web-service';

const job = (smokeTest: SmokeTestSpec, props: Loose<BlueGreenRolloutProps> = {}): Manifest =>
  only(jobs(synthBlueGreen({ ...props, smokeTest })), 'Job').spec;

const container = (smokeTest: SmokeTestSpec): Manifest => job(smokeTest).template.spec.containers[0];

describe('a smoke test', () => {
  test('is one metric, a Job that ends in time, is tried twice and then leaves', () => {
    const { metrics, args } = only(synthBlueGreen(), 'AnalysisTemplate', 'api-smoke').spec;
    expect(metrics.map(({ name }: Manifest) => name)).toEqual(['smoke-test']);
    expect(args).toBeUndefined();
    expect(job({ paths: ['/'] })).toMatchObject({
      backoffLimit: 1,
      activeDeadlineSeconds: 300,
      ttlSecondsAfterFinished: 86_400,
      template: { spec: { restartPolicy: 'Never', serviceAccountName: 'api-smoke' } },
    });
    expect(job({ paths: ['/'], retries: 0, within: Duration.minutes(2) })).toMatchObject({
      backoffLimit: 0,
      activeDeadlineSeconds: 120,
    });
  });

  test('of paths asks each of them of the new version, and stops at the first that fails', () => {
    const { command, image } = container({ paths: ['/health', '/api/v1'] });
    expect(image).toBe('docker.io/curlimages/curl:8.10.1');
    expect(command.slice(0, 3)).toEqual(['curl', '--fail', '--fail-early']);
    expect(command.slice(-6)).toEqual([
      '--output',
      '/dev/null',
      'http://api-preview:8080/health',
      '--output',
      '/dev/null',
      'http://api-preview:8080/api/v1',
    ]);
  });

  test('of a program gives it the address of the new version', () => {
    const digest = `shop/smoke@sha256:${'a'.repeat(64)}`;
    const { command, image, env, imagePullPolicy } = container({ image: digest, command: ['/smoke', '--all'] });
    expect({ command, image, imagePullPolicy }).toEqual({
      command: ['/smoke', '--all'],
      image: digest,
      imagePullPolicy: 'IfNotPresent',
    });
    expect(env).toContainEqual({ name: 'BASE_URL', value: 'http://api-preview:8080' });
  });

  test('of a canary asks the Service of the new version', () => {
    const [{ spec }] = jobs(synthCanary()) as [Manifest];
    expect(spec.template.spec.containers[0].command.at(-1)).toBe('http://api-canary:8080/health');
  });

  test('runs where the service runs, under its rank and user', () => {
    const { nodes } = full;
    const { spec } = job({ paths: ['/'] }, { nodes, runAs: 20_000 }).template;
    expect(spec.nodeSelector).toEqual({ pool: 'a' });
    expect(spec.priorityClassName).toBe('standard');
    expect(spec.securityContext.runAsUser).toBe(20_000);
    expect(spec.containers[0].securityContext).toMatchObject({ runAsUser: 20_000, readOnlyRootFilesystem: true });
  });

  const pods = { 'app.kubernetes.io/name': 'api-smoke', 'app.kubernetes.io/instance': 'api-smoke' };

  test('reaches the pods of the service and cluster DNS, and nothing reaches it', () => {
    const { spec } = only(synthBlueGreen(), 'NetworkPolicy', 'api-smoke');
    expect(spec.podSelector.matchLabels).toEqual(pods);
    expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(spec.ingress).toEqual([]);
    expect(spec.egress.map(({ ports }: Manifest) => ports[0].port)).toEqual([53, 53, 8080]);
    expect(spec.egress[2].to).toEqual([
      {
        podSelector: {
          matchLabels: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'api' },
        },
      },
    ]);
    expect(job({ paths: ['/'] }).template.metadata.labels).toMatchObject(pods);
  });

  test('is let in by the service, which is closed to it without one', () => {
    const from = (props: Loose<BlueGreenRolloutProps>) =>
      only(synthBlueGreen(props), 'NetworkPolicy', 'api').spec.ingress.map(({ from }: Manifest) => from[0]);
    expect(from({})).toContainEqual({ podSelector: { matchLabels: pods } });
    expect(JSON.stringify(from({ smokeTest: undefined }))).not.toContain('api-smoke');
  });

  test('in a mesh has a sidecar that ends with it, and none elsewhere', () => {
    const [{ spec }] = jobs(synthCanary()) as [Manifest];
    const { labels, annotations } = spec.template.metadata;
    expect(labels).toMatchObject({ ...pods, 'sidecar.istio.io/inject': 'true' });
    expect(annotations).toEqual({
      'sidecar.istio.io/nativeSidecar': 'true',
      'sidecar.istio.io/proxyCPU': '100m',
      'sidecar.istio.io/proxyCPULimit': '500m',
      'sidecar.istio.io/proxyMemory': '128Mi',
      'sidecar.istio.io/proxyMemoryLimit': '256Mi',
    });
    expect(JSON.stringify(job({ paths: ['/'] }))).not.toContain('istio');
  });

  test('has a sidecar of the size that the service says', () => {
    const limits = { cpu: Cpu.millis(700), memory: Memory.mib(300) };
    const [{ spec }] = jobs(synthCanary({ sidecar: { limits } })) as [Manifest];
    expect(spec.template.metadata.annotations).toMatchObject({
      'sidecar.istio.io/proxyCPULimit': '700m',
      'sidecar.istio.io/proxyMemoryLimit': '300Mi',
    });
  });

  test('in an ambient mesh goes through its port', () => {
    const { spec } = only(synthBlueGreen({ mesh: 'ambient' }), 'NetworkPolicy', 'api-smoke');
    expect(spec.egress.map(({ ports }: Manifest) => ports[0].port)).toEqual([53, 53, 8080, 15_008]);
  });

  test('in a mesh reaches its control plane as well', () => {
    const { spec } = only(synthCanary(), 'NetworkPolicy', 'api-smoke');
    expect(spec.egress.map(({ ports }: Manifest) => ports[0].port)).toEqual([53, 53, 15_012, 8080]);
  });

  test('makes nothing where none is declared', () => {
    expect(synthBlueGreen({ smokeTest: undefined }).filter(({ metadata }) => /smoke/.test(metadata.name))).toEqual([]);
  });
});
