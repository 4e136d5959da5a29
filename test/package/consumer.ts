import { type Finding, PostgresDatabase, WebService } from 'cdk-headroom';
import { Memory } from 'cdk-headroom/units';
import { Chart, App as ClusterApp, Yaml } from 'cdk8s';
import { TerraformStack, Testing } from 'cdktf';

const findings: Finding[] = WebService.inspect('orders', { name: 'orders', port: 8080, image: 'shop/orders:latest' });

const stack = new TerraformStack(Testing.app(), 'shop-data');
new PostgresDatabase(stack, 'Database', {
  name: 'orders',
  identifier: 'shop-orders',
  databaseName: 'orders',
  version: '16',
  instanceClass: 'db.m6g.large',
  storage: Memory.gib(100),
  maxConnections: 500,
  vpcId: 'vpc-1',
  subnetIds: ['subnet-a', 'subnet-b'],
  allowedFrom: [{ description: 'pods', cidr: '10.20.0.0/16' }],
  asOf: '2026-11-21',
});

const chart = new Chart(new ClusterApp(), 'shop', { disableResourceNameHashes: true });
new WebService(chart, 'Orders', { name: 'orders', port: 8080, image: 'shop/orders:1.0.0' });

export const findingIds: string[] = findings.map(({ check }) => check);
export const terraform: string = Testing.synth(stack);
export const manifests: string = Yaml.stringify(...chart.toJson());
