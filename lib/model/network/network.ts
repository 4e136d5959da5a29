/** The address space of one environment and how it reaches the outside. */
export interface NetworkSpec {
  /** Private IPv4 range of the VPC, `/16` to `/20`, not overlapping any network it is peered with. */
  readonly cidr: string;
  /** `per-zone` survives the loss of a zone; `single` costs one gateway and fails with its zone. */
  readonly nat: 'per-zone' | 'single';
  /**
   * AWS services reached inside the VPC, by the part of their name after the region: `ecr.api`. Each costs by the hour in
   * each zone; with none, that traffic goes out through NAT.
   * @default - those that nodes and controllers of an EKS cluster call
   */
  readonly interfaceEndpoints?: readonly string[];
}
