/** The door of an environment: names, firewall, load balancer. Its names lie in the zone that the platform declares. */
export interface EdgeSpec {
  /** Path that is answered with 2xx or 3xx only if users are served: through proxy, service and database. */
  readonly healthPath: string;
}
