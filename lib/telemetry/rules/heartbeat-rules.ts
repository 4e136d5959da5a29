import { HEARTBEAT_ALERT } from '../../model';
import { Duration } from '../../units';
import type { DefinedGroup } from './alert';
import type { Watched } from './watched';

/**
 * An alert that always holds: what hears of it every minute knows that Prometheus evaluates, that Alertmanager sends, and that
 * the way out of the cluster is open. Silence is the fault, and is noticed from outside.
 */
export const heartbeatRules = ({ environment }: Watched): DefinedGroup => ({
  name: 'heartbeat',
  records: [],
  alerts:
    environment.telemetry?.heartbeat === 'on'
      ? [
          {
            alert: HEARTBEAT_ALERT,
            expr: 'vector(1)',
            for: Duration.seconds(0),
            severity: 'info',
            summary: 'Alerts get out of the cluster',
            description: 'This always holds, and reaches nobody but the topic whose silence rings an alarm.',
            dashboard: 'services',
            steps: [
              'That it holds is as it should be. If the alarm of its silence rings, nobody hears of anything else that is wrong: begin here.',
              'See whether pods of Prometheus and Alertmanager run in the monitoring namespace, and whether their Secrets are there.',
              'See the log of Alertmanager for the receiver heartbeat: its role may have lost sns:Publish or the key of the topic.',
              'Until it is heard again, watch the dashboards and the alarms of CloudWatch.',
            ],
          },
        ]
      : [],
});
