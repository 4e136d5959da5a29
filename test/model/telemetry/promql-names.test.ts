import fc from 'fast-check';
import { promqlNames } from '../../../lib/model';

describe('promqlNames', () => {
  test.each([
    { it: 'a name by itself', expr: 'up', names: ['up'] },
    { it: 'labels are none', expr: 'up{job="x",pod=~"a|b"}', names: ['up'] },
    { it: 'functions and aggregations are none', expr: 'sum(rate(a_total[5m]))', names: ['a_total'] },
    {
      it: 'an aggregation may be written before and behind',
      expr: 'sum by (le, pod) (a) / sum(b) by (pod)',
      names: ['a', 'b'],
    },
    {
      it: 'words between vectors are none',
      expr: 'a and on (x) b or c unless on (y) group_left (z) d',
      names: ['a', 'b', 'c', 'd'],
    },
    { it: 'recorded names have colons', expr: 'job:a:rate1m{x="y"} > bool 0.5', names: ['job:a:rate1m'] },
    { it: 'numbers are none', expr: 'a > 1e3 + Inf * 0x1F - NaN', names: ['a'] },
    {
      it: 'words of strings are none, nor quotes in them',
      expr: 'a{x="b \\"c\\" {d}"} + label_replace(e, "f", "$1", "g", "h(.*)")',
      names: ['a', 'e'],
    },
    { it: 'comments are none', expr: 'a # b\n + c', names: ['a', 'c'] },
    { it: 'each once', expr: 'a / (a + b)', names: ['a', 'b'] },
    { it: 'offsets and modifiers', expr: 'a offset 5m + b @ 3', names: ['a', 'b'] },
    { it: 'a word of the language within a name', expr: 'by_x + origin', names: ['by_x', 'origin'] },
    { it: 'nothing', expr: 'vector(1)', names: [] },
  ])('$it', ({ expr, names }) => {
    expect(promqlNames(expr)).toEqual(names);
  });

  test('finds any name, whatever its labels say', () => {
    const name = fc.stringMatching(/^[a-z_:][a-z0-9_:]{3,20}x$/);
    fc.assert(
      fc.property(name, fc.string(), (series, value) => {
        const expr = `sum by (pod) (rate(${series}{pod=${JSON.stringify(value)}}[5m])) > 1`;
        expect(promqlNames(expr)).toEqual([series]);
      }),
    );
  });
});
