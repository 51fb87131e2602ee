import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A local HTTP server for a test. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  /** What was asked for, in order. */
  readonly requests: IncomingMessage[];
}

/** Starts a server that answers by `answer`; `await using` stops it. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<FileServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/file.zip`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends bytes, honouring `Range` with `If-Range` by the given ETag. */
export function sendWithRanges(bytes: Uint8Array, etag: string) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    response.setHeader("etag", etag);
    const [, first] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
    const condition = request.headers["if-range"];
    if (first === undefined || (condition !== undefined && condition !== etag)) {
      response.writeHead(200, { "content-length": bytes.length }).end(bytes);
      return;
    }
    const from = Number(first);
    if (from >= bytes.length) {
      response.writeHead(416, { "content-range": `bytes */${String(bytes.length)}` }).end();
      return;
    }
    const range = `bytes ${first}-${String(bytes.length - 1)}/${String(bytes.length)}`;
    response.writeHead(206, { "content-range": range }).end(bytes.subarray(from));
  };
}

/** Announces all bytes, sends the first `count` and drops the connection once they have `arrived`: what is under way is lost. */
export function sendAndDrop(
  bytes: Uint8Array,
  count: number,
  arrived: () => Promise<unknown>,
  etag?: string,
) {
  return (_: IncomingMessage, response: ServerResponse): void => {
    if (etag !== undefined) response.setHeader("etag", etag);
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, count), () => void arrived().finally(() => response.destroy()));
  };
}
