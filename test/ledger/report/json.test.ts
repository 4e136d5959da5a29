import { jsonReport } from '../../../lib/ledger';
import { finding, report } from '../../support/ledger-report';

test('has its version, its day, its counts and everything that was found', () => {
  const document = JSON.parse(jsonReport(report({ findings: [finding()] })));
  expect(document).toEqual({
    version: 1,
    asOf: '2026-11-21',
    counts: { errors: 1, warnings: 0, accepted: 0, held: 0, notEvaluated: 0, skipped: 0 },
    findings: [finding()],
    suppressed: [],
    headroom: [
      {
        of: 'load of Deployment shop/api',
        needed: 401,
        available: 400,
        unit: 'requests/s',
        rule: 'ceilings-cover-declared-load',
        left: -1,
        share: -0.0025,
      },
    ],
    held: [],
    notEvaluated: [],
    skipped: [],
  });
});

test('leaves out a day that nobody said', () => {
  expect(JSON.parse(jsonReport(report({ asOf: undefined })))).not.toHaveProperty('asOf');
});
