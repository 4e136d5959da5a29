import { placement } from '../../../lib/kubernetes/workload/node-placement';

describe('placement', () => {
  test('any node will do where nothing is said', () => {
    expect(placement({})).toEqual({});
    expect(placement({ labels: {}, tolerates: [], capacity: 'spot' })).toEqual({});
  });

  test('labels select, and each taint is tolerated by its value', () => {
    const taint = { key: 'dedicated', value: 'compute', effect: 'NoExecute' } as const;
    expect(placement({ labels: { pool: 'compute' }, tolerates: [taint] })).toEqual({
      nodeSelector: { pool: 'compute' },
      tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'compute', effect: 'NoExecute' }],
    });
  });
});
