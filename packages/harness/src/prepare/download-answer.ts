import { MetabenchError } from "@metabench/core";

/** A server's answer that is to be written from `start` on. */
export interface Answer {
  readonly body: AsyncIterable<Uint8Array>;
  /** First byte that the body holds; 0 if the server sends the whole file. */
  readonly start: number;
  /** Length of the whole file; undefined if the server does not say. */
  readonly total: number | undefined;
  /** A strong ETag or a date by which the server recognises this version; undefined if it gave none. */
  readonly validator: string | undefined;
}

interface Question {
  readonly url: string;
  /** Bytes that are there already. */
  readonly from: number;
  readonly validator: string | undefined;
  readonly otherwise: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Asks a server for a file from a byte on (RFC 9110, 13.1.5 and 14).
 *
 * @returns `"nothing-left"` if the server has no such byte
 * @throws MetabenchError `download-failed`, `cancelled`
 */
export async function answerOf(question: Question): Promise<Answer | "nothing-left"> {
  const { url, from, validator, otherwise, signal } = question;
  const failed = (what: string, cause?: unknown) =>
    new MetabenchError(
      "download-failed",
      `${url} ${what}. Check the address and the network, or ${otherwise}.`,
      { cause },
    );
  const headers = new Headers({ "accept-encoding": "identity" });
  if (from > 0) {
    headers.set("range", `bytes=${String(from)}-`);
    if (validator !== undefined) headers.set("if-range", validator);
  }
  let response: Response;
  try {
    response = await fetch(url, { headers, signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted === true)
      throw new MetabenchError("cancelled", `The download of ${url} was cancelled. Run again to go on.`, {
        cause,
      });
    throw failed(`cannot be reached (${reason(cause)})`, cause);
  }
  const { status, statusText, body } = response;
  if (status === 416 && from > 0) {
    await body?.cancel();
    return "nothing-left";
  }
  if ((status !== 200 && status !== 206) || body === null) {
    await body?.cancel();
    throw failed(`answered ${String(status)} ${statusText}`.trimEnd());
  }
  const etag = response.headers.get("etag");
  const strong = etag?.startsWith('"') === true ? etag : undefined;
  const common = { body, validator: strong ?? response.headers.get("last-modified") ?? undefined };
  if (status === 200) {
    const length = response.headers.get("content-length");
    // A length counts encoded bytes, of which fetch shows the decoded ones.
    const encoded = (response.headers.get("content-encoding") ?? "identity") !== "identity";
    return { ...common, start: 0, total: length === null || encoded ? undefined : Number(length) };
  }
  const range = response.headers.get("content-range") ?? "";
  const [, first, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? [];
  if (first === undefined || Number(first) !== from) {
    await body.cancel();
    throw failed(`answered "${range}" to a request for bytes from ${String(from)} on`);
  }
  return { ...common, start: from, total: total === "*" ? undefined : Number(total) };
}

// What went wrong on the network is in the cause of fetch's own error.
function reason(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (inner as { code?: unknown } | null)?.code;
  const message = inner instanceof Error ? inner.message : String(inner);
  return message !== "" ? message : typeof code === "string" ? code : "unknown reason";
}
