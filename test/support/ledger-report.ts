import type { LedgerFinding, Report } from '../../lib/ledger';

/** A report with nothing in it but what is given. */
export const report = (given: Partial<Report> = {}): Report => ({
  asOf: '2026-11-21',
  findings: [],
  suppressed: [],
  held: [],
  notEvaluated: [],
  skipped: [],
  ...given,
});

/** A finding about an autoscaler. */
export const finding = (given: Partial<LedgerFinding> = {}): LedgerFinding => ({
  rule: 'ceilings-cover-declared-load',
  severity: 'error',
  scenarios: ['ordinary'],
  subject: 'Deployment shop/api',
  evidence: [
    {
      of: 'HorizontalPodAutoscaler shop/api',
      field: '/spec/maxReplicas',
      place: { file: 'manifests/api.yaml', line: 12 },
    },
  ],
  arithmetic: '401 requests/s of 8 pods x 50 = 400 requests/s',
  remedy: 'raise maxReplicas from 8 to 9',
  margin: { of: 'load of Deployment shop/api', needed: 401, available: 400, unit: 'requests/s' },
  ...given,
});
