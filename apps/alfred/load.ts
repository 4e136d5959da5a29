import type { LoadSpec, LoadTestSpec } from '../../lib/model';
import { Duration, Percent } from '../../lib/units';

/** What the documents give as an example: health, and a task. */
const TASKS = [
  { path: '/api/health' },
  { path: '/api/tasks', method: 'POST', body: { intent: 'test_scaling', content: { test: 'data' } } },
] as const;

const stage = (minutes: number, users: number) => ({ during: Duration.minutes(minutes), users });

/** Users who pause a second: at most 400 requests a second, fewer than two pods serve. It scales nothing. */
const tasks: LoadTestSpec = {
  name: 'tasks',
  purpose: 'agent-core under 100, then 200 users who ask for its health and for a task each second',
  load: { stages: [stage(5, 100), stage(10, 100), stage(5, 200), stage(10, 200), stage(5, 0)] },
  requests: TASKS.map((request) => ({ service: 'agent-core', ...request })),
  pause: Duration.seconds(1),
  thresholds: { p95: Duration.millis(500), failed: Percent.of(1) },
};

/** Every request counts once, and every one to agent-rag is a search. */
export const LOAD: LoadSpec = {
  tests: [tasks],
  scaling: {
    eventsPerRequest: { requests_per_second: 1, vector_searches_per_second: 1 },
    requests: { 'agent-core': TASKS },
  },
};
