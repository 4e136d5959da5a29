/** The address space of one environment and how it reaches the outside. */
export interface NetworkSpec {
  /** IPv4 range of the VPC, `/16` to `/20`, not overlapping any network it is peered with. */
  readonly cidr: string;
  /** `per-zone` survives the loss of a zone; `single` costs one gateway and fails with its zone. */
  readonly nat: 'per-zone' | 'single';
}
