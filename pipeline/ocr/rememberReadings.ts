import { crc32 } from 'node:zlib';
import type { LineReader, LineReading, ReadOptions, Strip } from './engine.ts';

/**
 * A reader that does not read the same strip twice; for one page, as it keeps all readings. The lines that tell how a
 * page lies are read again with all others.
 */
export function rememberReadings(reader: LineReader): LineReader {
  const known = new Map<string, LineReading>();
  return {
    ...reader,
    async readLines(strips: readonly Strip[], options: ReadOptions = {}) {
      const keys = strips.map((strip) => keyOf(strip, options));
      const fresh = keys.flatMap((key, i) => (known.has(key) ? [] : [i]));
      const readings = await reader.readLines(
        fresh.map((i) => strips[i]!),
        options,
      );
      fresh.forEach((i, k) => {
        known.set(keys[i]!, readings[k]!);
      });
      return keys.map((key) => known.get(key)!);
    },
  };
}

const keyOf = ({ image, em }: Strip, options: ReadOptions): string =>
  `${options.careful ?? false} ${em} ${image.width} ${image.height} ${crc32(image.data)}`;
