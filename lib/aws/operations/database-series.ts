import type { MetricSeries, MetricStatistic } from '../../model/operations/alarm';
import { Duration, type Percent } from '../../units';

/** Source of names and units: RDS user guide, "Amazon CloudWatch metrics for Amazon RDS", read 2026-11-21. */
export const databaseSeries = (identifier: string, metric: string, statistic: MetricStatistic): MetricSeries => ({
  namespace: 'AWS/RDS',
  metric,
  dimensions: { DBInstanceIdentifier: identifier },
  statistic,
});

/** A share of a whole number, rounded down. */
export const shareOf = (whole: number, percent: Percent): number =>
  Math.floor((whole * percent.inBasisPoints) / 10_000);

/** The number before the percent sign. */
export const percentOf = (percent: Percent): number => percent.inBasisPoints / 100;

/** Each minute looked at is one sample: RDS reports once a minute. */
export const EACH_MINUTE = { period: Duration.minutes(1) } as const;

/** For what is measured beside something that already rings when there is no data. */
export const SILENT_ELSEWHERE = {
  missing: 'missing',
  missingBecause: 'the alarm on the processor already says when an instance falls silent',
} as const;
