import type { Manifest } from '../../support/manifests';
import { policy } from '../../support/web-service';

describe('the network policy', () => {
  const monitoring = {
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
  };
  const doors = (rules: Manifest[]) => rules.map(({ ports }) => ports[0].port);

  test('lets in only Prometheus, and out only to DNS and AWS credentials, until peers are declared', () => {
    const { ingress, egress } = policy();
    expect(ingress).toEqual([{ from: [monitoring], ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect(doors(egress)).toEqual([53, 53, 80]);
  });

  test('declared callers come in at the port of the service, or at their own', () => {
    const { ingress } = policy({
      ingressFrom: [
        { pods: { app: 'gateway' }, namespace: 'edge' },
        { cidr: '10.0.0.0/20', port: 9090 },
      ],
      scrapedBy: [],
    });
    expect(ingress).toEqual([
      {
        from: [
          {
            podSelector: { matchLabels: { app: 'gateway' } },
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } },
          },
        ],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
      { from: [{ ipBlock: { cidr: '10.0.0.0/20' } }], ports: [{ port: 9090, protocol: 'TCP' }] },
    ]);
  });

  test('it may go out to declared peers as well', () => {
    const { egress } = policy({ egressTo: [{ pods: { app: 'redis' }, port: 6379 }] });
    expect(egress.slice(3)).toEqual([
      { to: [{ podSelector: { matchLabels: { app: 'redis' } } }], ports: [{ port: 6379, protocol: 'TCP' }] },
    ]);
  });

  test('with a sidecar, Prometheus asks the sidecar, and the sidecar its control plane', () => {
    const { ingress, egress } = policy({ mesh: 'sidecar', ingressFrom: [{ pods: { app: 'web' } }] });
    expect(doors(ingress)).toEqual([8080, 15020]);
    expect(doors(egress)).toEqual([53, 53, 80, 15012]);
  });

  test('in an ambient mesh pods are met at its port too, and probes come from its address', () => {
    const { ingress, egress } = policy({
      mesh: 'ambient',
      ingressFrom: [{ pods: { app: 'web' } }, { cidr: '10.0.0.0/20' }],
      egressTo: [
        { pods: { app: 'api' }, port: 9000 },
        { pods: { app: 'statsd' }, port: 8125, protocol: 'UDP' },
        { cidr: '10.0.64.0/20', port: 5432 },
      ],
    });
    expect(doors(ingress)).toEqual([8080, 15008, 8080, 8080, 15008, 8080]);
    expect(ingress[5].from).toEqual([{ ipBlock: { cidr: '169.254.7.127/32' } }]);
    expect(doors(egress)).toEqual([53, 53, 80, 9000, 15008, 8125, 5432]);
  });
});
