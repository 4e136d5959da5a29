/** Path on which programs usually serve Prometheus metrics. */
export const METRICS_PATH = '/metrics';

/**
 * By which the pod discovery that most Prometheus charts come with finds a pod: without them nothing is scraped, and
 * autoscalers on its metrics stand still. A sidecar of Istio reads the same, and hands the program's metrics on.
 */
export const metricsAnnotations = (port: number, path: string = METRICS_PATH): Readonly<Record<string, string>> => ({
  'prometheus.io/scrape': 'true',
  'prometheus.io/port': `${port}`,
  'prometheus.io/path': path,
});
