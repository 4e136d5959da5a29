import { ALIAS_TTL, failoverDetection, timeToDetect } from '../../../lib/model/edge/failover';
import { Duration } from '../../../lib/units';

const s = Duration.seconds;

test.each([
  ['the defaults', {}, 30, 90],
  ['questions every 30 s', { interval: s(30) }, 90, 150],
  ['one failure', { failureThreshold: 1 }, 10, 70],
  ['ten failures, 30 s apart', { interval: s(30), failureThreshold: 10 }, 300, 360],
])('with %s, %j is known after %i s, and clients follow after %i s', (_, spec, known, followed) => {
  expect(timeToDetect(spec).toSeconds()).toBe(known);
  expect(failoverDetection(spec).toSeconds()).toBe(followed);
});

test('another TTL is another wait', () => {
  expect(failoverDetection({}, s(5)).toSeconds()).toBe(35);
});

test('an alias is kept for no longer than documents allow', () => {
  expect(ALIAS_TTL.toSeconds()).toBe(60);
});
