import { composeServers, planUpstream } from '../../../lib/model/nginx/upstreams';
import { Duration } from '../../../lib/units';
import { SHOP } from '../../support/nginx';

test('servers in Compose follow the replica count, in the names that documents use', () => {
  expect(composeServers('agent-hitl', 5)).toEqual([
    { host: 'agent_hitl_1' },
    { host: 'agent_hitl_2' },
    { host: 'agent_hitl_3' },
    { host: 'agent_hitl_4' },
    { host: 'agent_hitl_5' },
  ]);
  expect(composeServers('constitutional-ai', 0)).toEqual([]);
});

test('the defaults end idle connections before uvicorn and Node.js do, after 5 s', () => {
  expect(planUpstream(SHOP).keepalive.timeout.inMillis).toBeLessThan(5000);
});

test('a part that is given leaves the rest of its group at the defaults', () => {
  const plan = planUpstream({
    ...SHOP,
    keepalive: { connections: 8 },
    retry: { tries: 1 },
    timeouts: { read: Duration.seconds(9) },
  });

  expect(plan.keepalive).toEqual({ connections: 8, requests: 1000, timeout: Duration.seconds(4) });
  expect(plan.retry).toEqual({ tries: 1, within: Duration.seconds(5) });
  expect(plan.timeouts).toEqual({
    connect: Duration.seconds(2),
    send: Duration.seconds(30),
    read: Duration.seconds(9),
  });
});
