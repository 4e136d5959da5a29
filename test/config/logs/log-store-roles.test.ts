import { parse } from 'yaml';
import { logStoreRoles } from '../../../lib/config/logs/log-store-roles';
import { LOG_STORE_USERS } from '../../../lib/model';

const roles = parse(logStoreRoles({ stream: 'pod-logs', traces: 'jaeger-' }));

test('each user has the role of its name', () => {
  expect(Object.keys(roles)).toEqual([...LOG_STORE_USERS]);
});

test('what writes logs adds lines, and can neither read them nor make a stream', () => {
  expect(roles['log-agent'].indices).toEqual([{ names: ['pod-logs'], privileges: ['create_doc'] }]);
});

test('who reads cannot write', () => {
  expect(roles['log-reader'].indices).toEqual([
    { names: ['pod-logs', 'jaeger-*'], privileges: ['read', 'view_index_metadata'] },
  ]);
});

test('nobody may do everything, or touch what belongs to others', () => {
  for (const { cluster, indices } of Object.values<{ cluster: string[]; indices: { names: string[] }[] }>(roles)) {
    expect(cluster).not.toContain('all');
    expect(indices.flatMap(({ names }) => names).filter((name) => !/^(pod-logs|jaeger-\*)$/.test(name))).toEqual([]);
  }
});
