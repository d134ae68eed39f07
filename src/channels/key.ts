/** A key in characters that a header, a Message-ID and a signature take: ASCII without blanks, brackets or control characters. */
export const plainKey = (key: string): string =>
  encodeURIComponent(key).replaceAll('%2F', '/').replace(/[()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
