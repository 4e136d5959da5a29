// A platform of as many services as the first argument says, synthesized to the folder that the second names.
const { synthesize } = require('../build/lib/platform');
const { Cpu, Memory, Percent } = require('../build/lib/units');

const [, , count, folder] = process.argv;

const amounts = (cpu, mib) => ({ cpu: Cpu.millis(cpu), memory: Memory.mib(mib), ephemeralStorage: Memory.mib(256) });

const service = (index) => ({
  name: `service-${index}`,
  image: { repository: `shop/service-${index}`, tag: '1.0.0' },
  port: 8080,
  health: { readinessPath: '/health' },
  resources: { requests: amounts(100, 128), limits: amounts(500, 256) },
  scaling: { min: 2, max: 4, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
  connections: index === 0 ? [] : [{ to: 'service', name: `service-${index - 1}` }],
});

const environment = (services) => ({
  name: 'production',
  stage: 'production',
  account: '123456789012',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  adminPrincipals: ['arn:aws:iam::123456789012:role/admin'],
  deployPrincipals: ['arn:aws:iam::123456789012:role/deploy'],
  domain: 'shop.example.com',
  namespace: 'shop',
  network: { cidr: '10.20.0.0/16', nat: 'per-zone' },
  cluster: {
    apiAccess: { through: 'session-manager' },
    nodeGroups: [{ name: 'general', instanceTypes: ['m6i.4xlarge'], min: 3, max: 60, desired: 3 }],
  },
  databases: [],
  caches: [],
  services: Array.from({ length: services }, (_, index) => service(index)),
  state: { kind: 'local' },
  asOf: '2026-11-21',
});

synthesize([{ name: 'shop', environments: [environment(Number(count))] }], {
  kubernetes: `${folder}/kubernetes`,
  terraform: `${folder}/terraform`,
});
