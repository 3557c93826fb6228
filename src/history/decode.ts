/**
 * Bytes of a text in whatever encoding it was saved: by its byte order mark, else UTF-16 where every other byte is
 * zero, else UTF-8, else Windows' Latin-1. Undefined for what is no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const utf16 = utf16Of(bytes);
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  if (bytes.subarray(0, 4096).includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Bytes looked at to tell UTF-16 without a mark. */
const SAMPLE = 512;

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]! += 1;
  });
  const [even = 0, odd = 0] = zeros;
  // Titles of other scripts have few zeros; the header line before them has them all.
  if (odd > sample.length / 5 && even < odd / 20) return 'utf-16le';
  return even > sample.length / 5 && odd < even / 20 ? 'utf-16be' : undefined;
}
