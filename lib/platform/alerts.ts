import type { Construct } from 'constructs';
import { ExternalSecret, PrometheusRule, SecretStore } from '../kubernetes';
import { type EnvironmentSpec, MONITORING_NAMESPACE, RECEIVER_SECRET, receiversSecret, secretRoot } from '../model';
import { environmentRules } from '../telemetry';

/** What is recorded, what rings, and the keys by which it reaches people; nothing without `telemetry`. */
export function buildAlerts(scope: Construct, platform: string, environment: EnvironmentSpec): void {
  const { telemetry, region } = environment;
  if (telemetry === undefined) return;
  const groups = environmentRules(platform, environment);
  new PrometheusRule(scope, 'Rules', { name: platform, groups, partOf: platform });

  const labels = { 'app.kubernetes.io/part-of': platform };
  const namespace = MONITORING_NAMESPACE;
  const store = new SecretStore(scope, 'Receivers', { name: `${platform}-alerting`, namespace, region, labels });
  new ExternalSecret(store, 'Secret', {
    name: telemetry.receivers.secretName ?? RECEIVER_SECRET,
    namespace,
    from: receiversSecret(secretRoot(platform, environment.name)),
    store: store.reference,
    labels,
  });
}
