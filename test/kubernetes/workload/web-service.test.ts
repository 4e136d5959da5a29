import { App, Chart, Testing } from 'cdk8s';
import { WARNING_METADATA } from '../../../lib/check';
import { WebService } from '../../../lib/kubernetes/workload/web-service';
import type { WebServiceProps } from '../../../lib/kubernetes/workload/web-service-props';
import { Duration } from '../../../lib/units';
import { violations } from '../../support/hardening';
import { manifests, only } from '../../support/manifests';
import { container, deployment, full, least, scaling, synth } from '../../support/web-service';

describe('WebService', () => {
  test('three props make everything a service needs, once each, under one name', () => {
    const objects = synth();
    expect(objects.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ['ServiceAccount', 'api'],
      ['Deployment', 'api'],
      ['Service', 'api'],
      ['PodDisruptionBudget', 'api'],
      ['NetworkPolicy', 'api'],
    ]);
  });

  test('policies on scaling bring their autoscalers', () => {
    const kinds = synth(full).map(({ kind }) => kind);
    expect(kinds.slice(5)).toEqual(['HorizontalPodAutoscaler', 'VerticalPodAutoscaler']);
  });

  test.each(['1.28', '1.35'])('what it makes for %s passes the linters, but for a rank it cannot guess', (version) => {
    expect(violations(synth({}, version))).toEqual(['Deployment/api: priority-class-name']);
    expect(violations(synth(full, version))).toEqual([]);
  });

  test('what is noted of the workload alone restarts no pod', () => {
    const noted = { annotations: { team: 'core' }, workloadAnnotations: { 'example.com/note': 'one' } };
    const { metadata, spec } = deployment(noted);
    expect(metadata.annotations).toEqual({ team: 'core', 'example.com/note': 'one' });
    expect(spec.template).toEqual(deployment({ annotations: { team: 'core' } }).spec.template);
  });

  test('the same props give the same bytes', () => {
    expect(JSON.stringify(synth(full))).toBe(JSON.stringify(synth(full)));
  });

  test('it says what others compose with', () => {
    manifests((chart) => {
      const service = new WebService(chart, 'Api', full);
      expect(service).toMatchObject({
        name: 'api',
        port: 8080,
        serviceName: 'api',
        selector: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'api' },
        target: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
      });
      expect(service.requests.cpu.inMillis).toBe(100);
    });
  });

  test('its default child is the Deployment, and patches of it reach the output', () => {
    const chart = new Chart(new App(), 'test');
    const service = new WebService(chart, 'Api', least);
    expect(service.node.defaultChild).toMatchObject({ kind: 'Deployment' });
    expect(service.node.children.map(({ node }) => node.id)).toEqual([
      'ServiceAccount',
      'Resource',
      'Service',
      'Budget',
      'Network',
    ]);
  });

  test('nothing is built when a prop is wrong', () => {
    const chart = new Chart(Testing.app(), 'test');
    expect(() => new WebService(chart, 'Api', { ...least, port: 80 })).toThrow('[service-port-is-unprivileged]');
    expect(Testing.synth(chart)).toEqual([]);
  });
});

describe('the number of pods', () => {
  test.each<[string, Partial<WebServiceProps>, number | undefined]>([
    ['is 2', {}, 2],
    ['is what replicas says', { replicas: 4 }, 4],
    ['is left to the autoscaler, which would otherwise be overruled', { scaling }, undefined],
  ])('%s', (_what, props, replicas) => expect(deployment(props).spec.replicas).toBe(replicas));

  test('autoscalers point at the Deployment, under names of their own if documents have such', () => {
    const objects = synth({ ...full, autoscalerName: 'acgs-api-hpa', verticalAutoscalerName: 'acgs-api-vpa' });
    const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
    expect(only(objects, 'HorizontalPodAutoscaler', 'acgs-api-hpa').spec).toMatchObject({
      scaleTargetRef: target,
      minReplicas: 3,
      maxReplicas: 10,
    });
    expect(only(objects, 'VerticalPodAutoscaler', 'acgs-api-vpa').spec.targetRef).toEqual(target);
  });
});

describe('a roll-out', () => {
  test('never takes a pod away before its successor is ready', () => {
    expect(deployment().spec).toMatchObject({
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
      minReadySeconds: 10,
      revisionHistoryLimit: 5,
    });
  });

  test.each([
    [Duration.minutes(2), 10, 600],
    [Duration.seconds(295), 10, 600],
    [Duration.seconds(296), 10, 602],
    [Duration.hours(1), 0, 7200],
  ])('with starts of %s and %d s to settle is given up after %d s', (startWithin, minReady, seconds) => {
    const health = { readinessPath: '/health', startWithin };
    const { spec } = deployment({ health, minReady: Duration.seconds(minReady) });
    expect(spec.progressDeadlineSeconds).toBe(seconds);
  });

  test('follows a change of known configuration, and of nothing else', () => {
    const configMaps = (value: string) => [{ name: 'api', mountPath: '/etc/api', content: { key: value } }];
    const [before, after] = [synth({ configMaps: configMaps('a') }), synth({ configMaps: configMaps('b') })];
    const changed = after.filter((object, index) => JSON.stringify(object) !== JSON.stringify(before[index]));
    expect(changed.map(({ kind }) => kind)).toEqual(['Deployment']);
    expect(changed[0].spec.selector).toEqual(before[1].spec.selector);
    expect(synth({ configMaps: configMaps('a') })).toEqual(before);
  });
});

describe('the Service', () => {
  test('listens on the port of the container, by one name, as policies of the VPC CNI need', () => {
    expect(only(synth({ port: 9000 }), 'Service').spec).toEqual({
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'api' },
      ports: [{ name: 'http', port: 9000, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    });
    expect(container({ port: 9000 }).ports).toEqual([{ name: 'http', containerPort: 9000, protocol: 'TCP' }]);
  });

  test.each<[string, Partial<WebServiceProps>, string | undefined]>([
    ['1.31', { trafficDistribution: 'PreferClose' }, 'PreferClose'],
    ['1.30', { trafficDistribution: 'PreferClose' }, undefined],
    ['1.35', {}, undefined],
  ])('in %s with %j prefers %s', (version, props, expected) => {
    expect(only(synth(props, version), 'Service').spec.trafficDistribution).toBe(expected);
  });
});

describe('warnings', () => {
  test('are kept on the construct and stop nothing', () => {
    const chart = new Chart(Testing.app(), 'test');
    const { node } = new WebService(chart, 'Api', { ...least, replicas: 1 });
    expect(node.metadata.filter(({ type }) => type === WARNING_METADATA).map(({ data }) => data.check)).toEqual([
      'web-service-outlives-a-drain',
      'web-service-callers-are-declared',
    ]);
  });
});
