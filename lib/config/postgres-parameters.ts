import { POSTGRES_PARAMETERS } from '../catalog';
import { type PostgresSetting, type PostgresTuning, postgresSettings, settingAmount } from '../model';
import { Duration, Memory } from '../units';

/** A parameter as an RDS parameter group takes it: a number without a unit. */
export interface RdsParameter {
  /** Name as PostgreSQL knows it: `shared_buffers`. */
  readonly name: string;
  /** Number in the unit that PostgreSQL gives the parameter, for example blocks of 8 KiB. */
  readonly value: string;
  /** When RDS applies it: static parameters wait for a reboot of the instance. */
  readonly applyMethod: 'immediate' | 'pending-reboot';
}

const BYTE_UNITS: readonly (readonly [bytes: number, unit: string])[] = [
  [1024 ** 3, 'GB'],
  [1024 ** 2, 'MB'],
  [1024, 'kB'],
];

const TIME_UNITS: readonly (readonly [millis: number, unit: string])[] = [
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** In the largest unit without a fraction. */
function inUnits(amount: number, units: readonly (readonly [number, string])[], smallest: string): string {
  const [size, unit] = units.find(([size]) => amount >= size && amount % size === 0) ?? [1, smallest];
  return `${amount / size}${unit}`;
}

/** A value as `postgresql.conf` reads it: `1GB`, `30s`, `0.9`. Its MB are 1024 kB. */
function text({ value }: PostgresSetting): string {
  if (value instanceof Memory) return inUnits(value.inBytes, BYTE_UNITS, 'B');
  if (value instanceof Duration) return inUnits(value.inMillis, TIME_UNITS, 'ms');
  return `${value}`;
}

/** Static parameters wait for the next restart, as RDS demands; the others apply at once. */
export function rdsParameters(tuning: PostgresTuning): RdsParameter[] {
  return postgresSettings(tuning).map((setting) => ({
    name: setting.name,
    value: `${settingAmount(setting)}`,
    applyMethod: POSTGRES_PARAMETERS.facts[setting.name].apply === 'static' ? 'pending-reboot' : 'immediate',
  }));
}

/** The declared parameters as lines of `postgresql.conf`. */
export const postgresqlConf = (tuning: PostgresTuning): string =>
  postgresSettings(tuning)
    .map((setting) => `${setting.name} = ${text(setting)}\n`)
    .join('');

/** The declared parameters as arguments of the `postgres` program: `-c`, `max_connections=1000`, … */
export const postgresFlags = (tuning: PostgresTuning): string[] =>
  postgresSettings(tuning).flatMap((setting) => ['-c', `${setting.name}=${text(setting)}`]);
