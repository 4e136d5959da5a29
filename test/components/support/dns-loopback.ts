import { createSocket, type Socket } from 'node:dgram';

const HEADER = 12;
const TYPE_A = 1;

/** A DNS server that knows one set of addresses for every name. */
export class Dns {
  static async start(port: number): Promise<Dns> {
    const dns = new Dns();
    await new Promise<void>((resolve) => dns.socket.bind(port, '127.0.0.1', resolve));
    return dns;
  }

  addresses: readonly string[] = [];
  private readonly socket: Socket = createSocket('udp4');

  private constructor() {
    this.socket.on('message', (query, { address, port }) => this.socket.send(this.answer(query), port, address));
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.socket.close(resolve));
  }

  /** The query's own question, followed by an A record for each address. */
  private answer(query: Buffer): Buffer {
    const question = query.subarray(HEADER, query.indexOf(0, HEADER) + 5);
    const asksForA = question.readUInt16BE(question.length - 4) === TYPE_A;
    const addresses = asksForA ? this.addresses : [];
    const header = Buffer.alloc(HEADER);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(addresses.length, 6);
    const records = addresses.map((address) =>
      Buffer.from([0xc0, HEADER, 0, TYPE_A, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)]),
    );
    return Buffer.concat([header, question, ...records]);
  }
}
