import type { ChartName } from '../../catalog/helm-chart';
import { MONITORING_NAMESPACE, OBSERVABILITY_NAMESPACES } from '../../model';
import { hasLogs, hasLongTerm, hasTraces } from './observability-services';
import type { Service } from './service';
import { elasticOperatorValues } from './values/elastic-operator';
import { fluentBitValues } from './values/fluent-bit';
import { jaegerValues } from './values/jaeger';
import { thanosValues } from './values/thanos';

const SERVICE_MONITORS = ['monitoring.coreos.com/ServiceMonitor'];

/** What keeps measurements for longer, logs and traces. */
export const OBSERVABILITY_CHARTS = {
  'eck-operator-crds': {
    layer: '00-crds',
    wave: 0,
    namespace: OBSERVABILITY_NAMESPACES.logs,
    when: hasLogs,
    values: () => ({}),
  },
  thanos: {
    layer: '10-controllers',
    wave: 1,
    namespace: MONITORING_NAMESPACE,
    when: hasLongTerm,
    uses: SERVICE_MONITORS,
    values: thanosValues,
  },
  'eck-operator': {
    layer: '10-controllers',
    wave: 0,
    namespace: OBSERVABILITY_NAMESPACES.logs,
    when: hasLogs,
    values: elasticOperatorValues,
  },
  'fluent-bit': {
    layer: '10-controllers',
    wave: 1,
    namespace: OBSERVABILITY_NAMESPACES.agents,
    when: hasLogs,
    uses: SERVICE_MONITORS,
    values: fluentBitValues,
  },
  jaeger: {
    layer: '10-controllers',
    wave: 1,
    namespace: OBSERVABILITY_NAMESPACES.traces,
    when: hasTraces,
    values: jaegerValues,
  },
} as const satisfies Partial<Record<ChartName, Service>>;
