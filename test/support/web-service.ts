import { WebService } from '../../lib/kubernetes/workload/web-service';
import type { WebServiceProps } from '../../lib/kubernetes/workload/web-service-props';
import type { ScalingPolicy } from '../../lib/model';
import { Percent } from '../../lib/units';
import { type Manifest, manifests, only } from './manifests';

export const DIGEST = `registry.example.com/shop/api@sha256:${'0123456789abcdef'.repeat(4)}`;

export const least: WebServiceProps = { name: 'api', image: 'registry.example.com/shop/api:1.4.0', port: 8080 };

export const scaling: ScalingPolicy = { min: 3, max: 10, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] };

export const full: WebServiceProps = {
  ...least,
  image: DIGEST,
  partOf: 'shop',
  scaling,
  vertical: { mode: 'Off', containers: [{ container: 'api', resources: ['memory'] }] },
  settings: { LOG_LEVEL: 'info' },
  secretFiles: [{ secret: 'database', mountPath: '/etc/secrets/database' }],
  configMaps: [{ name: 'api', mountPath: '/etc/api', content: { 'api.yaml': 'a: 1' } }],
  ingressFrom: [{ pods: { app: 'gateway' }, namespace: 'edge' }],
  egressTo: [{ cidr: '10.0.64.0/20', port: 5432 }],
  nodes: { labels: { pool: 'a' }, tolerates: [{ key: 'pool', value: 'a', effect: 'NoSchedule' }], capacity: 'spot' },
  priorityClassName: 'standard',
};

export const synth = (props: Partial<WebServiceProps> = {}, version?: string): Manifest[] =>
  manifests((chart) => new WebService(chart, 'Api', { ...least, ...props }), version);

export const deployment = (props: Partial<WebServiceProps> = {}, version?: string): Manifest =>
  only(synth(props, version), 'Deployment');

export const pod = (props: Partial<WebServiceProps> = {}, version?: string): Manifest =>
  deployment(props, version).spec.template.spec;

export const container = (props: Partial<WebServiceProps> = {}, version?: string): Manifest =>
  pod(props, version).containers[0];

export const policy = (props: Partial<WebServiceProps> = {}): Manifest => only(synth(props), 'NetworkPolicy').spec;
