import { complianceRunbook } from '../config/runbook/compliance-runbook';
import { canFailOver, failoverRunbook } from '../config/runbook/failover-runbook';
import { maintenanceRunbook } from '../config/runbook/maintenance-runbook';
import { rollbackRunbook } from '../config/runbook/rollback-runbook';
import {
  COMPLIANCE,
  FAILOVER,
  MAINTENANCE,
  ROLLBACK,
  type RunbookPlace,
  TRAFFIC_SPIKE,
  TROUBLESHOOTING,
} from '../config/runbook/runbook-props';
import { trafficSpikeRunbook } from '../config/runbook/traffic-spike-runbook';
import { troubleshootingRunbook } from '../config/runbook/troubleshooting-runbook';
import type { EnvironmentSpec, PlatformSpec } from '../model';
import type { FileTree } from './output/file-tree';
import { planCompliance, planMaintenance, planRollback, planTroubleshooting } from './plan/plan-daily-runbooks';
import { planFailover, runbookPlace } from './plan/plan-operating';
import { planTrafficSpike } from './plan/plan-traffic-spike';

/** A runbook where there is something to say. */
type Write = (platform: PlatformSpec, environment: EnvironmentSpec, place: RunbookPlace) => string | undefined;

const RUNBOOKS: Readonly<Record<string, Write>> = {
  [ROLLBACK]: (...where) => rollbackRunbook(planRollback(...where)),
  [TRAFFIC_SPIKE]: (...where) => {
    const plan = planTrafficSpike(...where);
    return plan && trafficSpikeRunbook(plan);
  },
  [MAINTENANCE]: (...where) => maintenanceRunbook(planMaintenance(...where)),
  [FAILOVER]: (...where) => {
    const plan = planFailover(...where);
    return canFailOver(plan) ? failoverRunbook(plan) : undefined;
  },
  [COMPLIANCE]: (...where) => {
    const plan = planCompliance(...where);
    return plan && complianceRunbook(plan);
  },
  [TROUBLESHOOTING]: (...where) => troubleshootingRunbook(planTroubleshooting(...where)),
};

/** Sections that go on where the chapter of an alert ends. */
const SECTIONS: Readonly<Record<string, string>> = {
  AutoscalerAtCeiling: `${TRAFFIC_SPIKE}#more-pods-at-once`,
  AutoscalingFailure: `${TROUBLESHOOTING}#first-looks`,
  HighErrorRate: `${ROLLBACK}#while-a-release-is-under-way`,
  PodsPending: `${TROUBLESHOOTING}#why-they-wait`,
  ScalingEventsFrequent: `${TROUBLESHOOTING}#pods-that-come-and-go`,
  ScalingRequired: `${TRAFFIC_SPIKE}#more-pods-at-once`,
  ServiceDown: `${ROLLBACK}#after-a-release`,
};

/** Which runbooks an environment has, by what is to be said. */
function written(platform: PlatformSpec, environment: EnvironmentSpec): Map<string, string> {
  if (environment.services.length === 0) return new Map();
  const nowhere = runbookPlace(platform, environment, []);
  return new Map(
    Object.entries(RUNBOOKS).flatMap(([name, write]) => {
      const text = write(platform, environment, nowhere);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');

const hasSection = (text: string, section: string): boolean =>
  text.split('\n').some((line) => line.startsWith('## ') && slug(line.slice(3)) === section);

/** Where to go on from an alert, as far as that is written. */
export function runbooksOfAlerts(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
): Readonly<Record<string, string>> {
  const texts = written(platform, environment);
  const { alert } = environment.requiredHeader ?? {};
  const all = { ...SECTIONS, ...(alert !== undefined && { [alert]: `${COMPLIANCE}#when-it-rings` }) };
  return Object.fromEntries(
    Object.entries(all).filter(([, link]) => {
      const [file = '', section = ''] = link.split('#');
      return hasSection(texts.get(file) ?? '', section);
    }),
  );
}

/**
 * What people do with what runs: go back, grow, take nodes away, move, refuse, look. Each speaks of the environment's own objects by
 * their names, and links only to what is written beside it.
 *
 * @param others Names of the runbooks that are written anyway.
 */
export function operatingRunbooks(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  others: readonly string[],
): FileTree {
  const names = [...written(platform, environment).keys()];
  const place = runbookPlace(platform, environment, [...others, ...names]);
  return new Map(
    names.flatMap((name) => {
      const text = RUNBOOKS[name]?.(platform, environment, place);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}
